/** Counting: pure functions that run in the browser, on the server and at the command line alike. */
export * from './ballot.ts'
export { count } from './count.ts'
export * from './result.ts'
export * from './rules.ts'
