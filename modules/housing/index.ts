/** What other modules may use of housing. */
export { occupancy } from './resources/occupancy.ts'
export { unit } from './resources/unit.ts'
