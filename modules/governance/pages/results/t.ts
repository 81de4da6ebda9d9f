import { say } from '@commonhall/kernel'
import type { results } from '../../words/results.ts'

type Bare<Key extends string> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Bare<Key> : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

/** A sentence of the results by its key; one that is misspelt does not compile. */
export const t = (key: Paths<typeof results>, params?: Record<string, unknown>): string =>
  say(`governance:results.${key}`, params)
