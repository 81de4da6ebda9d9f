import { elections } from './election-members.ts'
import { office } from './election-office.ts'
import { paper } from './election-paper.ts'
import { ruleSets } from './election-rules.ts'

/** What people read on the pages of elections. */
export const electionPages = { elections, office, paper, ruleSets }
