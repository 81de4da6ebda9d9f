import { say } from '@commonhall/kernel'
import type { booth } from '../../words/booth.ts'

type Bare<Key extends string> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Bare<Key> : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

export type Sentence = Paths<typeof booth>

/** A sentence of the booth by its key; one that is misspelt does not compile. */
export const t = (key: Sentence, params?: Record<string, unknown>): string => say(`governance:booth.${key}`, params)
