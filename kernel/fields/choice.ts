import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

export interface ChoiceOptions extends CommonOptions {
  /** The values that may be stored, in the order in which they are offered. */
  choices?: readonly string[]
  default?: string
  /** What values are called that people would not call by their own name. */
  names?: Readonly<Record<string, string>>
  /** Names of colors by value, for the badge: state is the only thing that color tells. */
  tones?: Readonly<Record<string, 'good' | 'warn' | 'bad' | 'idle' | 'new'>>
}

const fold = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_')

/** One of a few named values. Stored as text with a check, so that a value can be added without rewriting the table. */
export const choiceKind: Kind<ChoiceOptions> = {
  kind: 'choice',
  operators: ['eq', 'ne', 'empty'],
  align: 'start',
  sqlType: () => 'text',
  parse(input, { choices = [] }) {
    if (typeof input === 'string' && choices.includes(input)) return fine(input)
    return wrong('not_a_choice', { choices: choices.join(', ') })
  },
  read(text, options) {
    const wanted = fold(text.trim())
    const match = (options.choices ?? []).find((choice) => fold(choice) === wanted)
    return match === undefined ? choiceKind.parse(text, options) : fine(match)
  },
  schema: ({ choices = [] }) => ({ type: 'string', enum: choices }),
}

export const choice = <
  const Values extends readonly [string, ...string[]],
  const Options extends Omit<ChoiceOptions, 'choices' | 'default' | 'names' | 'tones'> & {
    default?: Values[number]
    names?: { readonly [Value in Values[number]]?: string }
    tones?: { readonly [Value in Values[number]]?: 'good' | 'warn' | 'bad' | 'idle' | 'new' }
  },
>(
  choices: Values,
  options?: Options,
) => makeField<Values[number], Options>('choice', { choices, ...options })
