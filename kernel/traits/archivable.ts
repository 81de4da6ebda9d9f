import type { Trait } from './trait.ts'

/** Deleting puts the record aside instead: out of lists, still in history, and back again with `restore`. */
export const archivable: Trait = {
  name: 'archivable',
  columns: { archived_at: 'timestamp with time zone' },
  acts: ['archive', 'restore'],
}
