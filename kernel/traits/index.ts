import { archivable } from './archivable.ts'
import { attachable } from './attachable.ts'
import { audited } from './audited.ts'

/** The traits by name; a resource names those that it has. */
export const traits = { audited, archivable, attachable }

export type TraitName = keyof typeof traits
