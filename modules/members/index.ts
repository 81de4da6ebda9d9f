/** What other modules may use of members. */
export { standingChanged } from './events.ts'
export { household } from './resources/household.ts'
export { member } from './resources/member.ts'
