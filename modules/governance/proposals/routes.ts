import { readPresets, usePreset } from '../rule-sets/routes.ts'
import { hideComment, showComment } from './comments.ts'
import { giveProxy } from './give-proxy.ts'
import { lateChangesOfVote } from './late-changes.ts'
import { cast, present, readVote } from './vote-routes.ts'

/** What is done with proposals, and with the rules that they are decided by, beyond their records and acts. */
export const proposalRoutes = [
  readPresets,
  usePreset,
  readVote,
  cast,
  present,
  giveProxy,
  lateChangesOfVote,
  hideComment,
  showComment,
]
