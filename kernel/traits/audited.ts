import type { Trait } from './trait.ts'

/** Every change leaves who, what, when, from where, old and new. A trigger writes it, so no door can forget it. */
export const audited: Trait = { name: 'audited', columns: {}, acts: [] }
