import type { FileContext, SentFile } from '@commonhall/kernel'
import { beancount } from './beancount.ts'
import { openBooks, type Selection } from './books.ts'
import { hledger } from './hledger.ts'
import { iif } from './iif.ts'

/** What the books can be taken out as. */
export const journalFormats = ['hledger', 'beancount', 'iif'] as const

export type JournalFormat = (typeof journalFormats)[number]

const writers = {
  hledger: { write: hledger, ending: 'journal' },
  beancount: { write: beancount, ending: 'beancount' },
  iif: { write: iif, ending: 'iif' },
} as const

/** The media type of all of them. */
export const journalType = 'text/plain; charset=utf-8'

/**
 * Entries as a file, for a route that sends one: `return journalFile(ctx, 'iif', 'local-100-batch-12', { source })`.
 * The same entries and accounts are the same bytes, whenever it is made.
 */
export async function journalFile(
  ctx: FileContext,
  format: JournalFormat,
  name: string,
  selection: Selection,
): Promise<SentFile> {
  const books = await openBooks(ctx, selection)
  const { write, ending } = writers[format]
  return { name: `${name}.${ending}`, rows: books.count, text: write(books) }
}
