/** What other modules may use of the ledger. */
export { ensureAccounts } from './chart.ts'
export { post } from './posting/post.ts'
export type { Posted, PostedLine, Posting } from './posting/posting.ts'
export { reverse, type Reversal } from './posting/reverse.ts'
export { account } from './resources/account.ts'
export { entry } from './resources/entry.ts'
export { line } from './resources/line.ts'
export { journalFile, journalType, type JournalFormat } from './exports/journal-file.ts'
