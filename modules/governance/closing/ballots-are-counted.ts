import { defineJob, field } from '@commonhall/kernel'
import { countElection } from './count-election.ts'

/** The ballots of an election are counted and its box is published: all of it in one transaction, or nothing. */
export const ballotsAreCounted = defineJob('governance.ballots-are-counted', {
  fields: { election: field.ref('governance.election', { required: true }) },
  unique: ({ election }) => election,
  run: (ctx, { election }) => countElection(ctx, election),
})
