/** Counting: pure functions that run in the browser, on the server and at the command line alike. */
export * from './ballot.ts'
export { count } from './count.ts'
export { readRules } from './read-rules.ts'
export { packed, unpacked } from './pack.ts'
export { sayReason, sayTie } from './say-reason.ts'
export { drawnOrder } from './ties.ts'
export * from './result.ts'
export * from './rules.ts'
