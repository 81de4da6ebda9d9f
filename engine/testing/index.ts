/** What tests use: a house on a real PostgreSQL, and the cast of people in it. */
export { cast, castPassword } from './cast.ts'
export { eventually } from './eventually.ts'
export { firstRun } from './first-run.ts'
export { freePort } from './free-port.ts'
export { openHouse, type TestHouse, type Voice, voiceOf } from './house.ts'
export { notebook } from './notebook/module.ts'
export { readOnlyTables } from './read-only-tables.ts'
export { asOwner, asServer } from './sql.ts'
