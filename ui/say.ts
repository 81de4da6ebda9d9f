import { addWords, say } from '@commonhall/kernel'
import { words } from './words/en.ts'
import type { host } from './words/en-host.ts'
import type { fieldWords } from './words/en-fields.ts'
import type { hostJobs } from './words/en-host-jobs.ts'
import type { acts } from './words/en-acts.ts'
import type { audit } from './words/en-audit.ts'
import type { files } from './words/en-files.ts'
import type { inbox } from './words/en-inbox.ts'
import type { live } from './words/en-live.ts'
import type { imports } from './words/en-imports.ts'
import type { keys } from './words/en-keys.ts'
import type { mails } from './words/en-mails.ts'
import type { personal } from './words/en-personal.ts'
import type { reports } from './words/en-reports.ts'
import type { roles } from './words/en-roles.ts'
import type { security } from './words/en-security.ts'
import type { signIn } from './words/en-sign-in.ts'
import type { webhooks } from './words/en-webhooks.ts'

addWords('ui', words)

type Bare<Key extends string> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Bare<Key> : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

/** Every sentence of the browser machine; one that is misspelt does not compile. */
export type Sentence =
  | Paths<typeof words>
  | Paths<typeof acts>
  | Paths<typeof audit>
  | Paths<typeof fieldWords>
  | Paths<typeof files>
  | Paths<typeof host>
  | Paths<typeof hostJobs>
  | Paths<typeof imports>
  | Paths<typeof inbox>
  | Paths<typeof live>
  | Paths<typeof keys>
  | Paths<typeof mails>
  | Paths<typeof personal>
  | Paths<typeof reports>
  | Paths<typeof roles>
  | Paths<typeof signIn>
  | Paths<typeof security>
  | Paths<typeof webhooks>

/** A sentence of the browser machine by its key. */
export const t = (key: Sentence, params?: Record<string, unknown>): string => say(`ui:${key}`, params)
