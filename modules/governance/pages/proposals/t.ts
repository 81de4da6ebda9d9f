import { say } from '@commonhall/kernel'
import type { proposalPages } from '../../words/proposal-pages.ts'

type Bare<Key extends string> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Bare<Key> : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

export type Sentence = Paths<typeof proposalPages>

/** A sentence of the pages of proposals by its key; one that is misspelt does not compile. */
export const t = (key: Sentence, params?: Record<string, unknown>): string =>
  say(`governance:proposalPages.${key}`, params)
