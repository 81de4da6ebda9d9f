/** What other modules may use of governance. */
export { election } from './resources/election.ts'
export { proposal } from './resources/proposal.ts'
