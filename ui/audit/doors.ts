import type { Sentence } from '../say.ts'
import { audit } from '../words/en-audit.ts'

/** The sentence of each thing that can happen at sign-in. */
export const doors: Readonly<Record<string, Sentence>> = Object.fromEntries(
  Object.keys(audit.audit.door).map((act) => [act, `audit.door.${act}` as Sentence]),
)
