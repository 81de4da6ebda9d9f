import type { Trait } from './trait.ts'

/** People can attach files to each record. They are part of it: whoever may read and change the record, may so them. */
export const attachable: Trait = { name: 'attachable', columns: {}, acts: ['attach'] }
