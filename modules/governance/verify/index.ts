/** Verifying a published box: on any machine, from the file alone. */
export { type Finding, type FindingCode } from './finding.ts'
export { linesOf } from './lines-of.ts'
export { type Held, type Verdict, verifyBox } from './verify-box.ts'
export { words } from './words/en.ts'
