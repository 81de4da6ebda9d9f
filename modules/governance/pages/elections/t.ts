import { say } from '@commonhall/kernel'
import type { electionPages } from '../../words/election-pages.ts'

type Bare<Key extends string> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Bare<Key> : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

export type Sentence = Paths<typeof electionPages>

/** A sentence of the pages of elections by its key; one that is misspelt does not compile. */
export const t = (key: Sentence, params?: Record<string, unknown>): string =>
  say(`governance:electionPages.${key}`, params)
