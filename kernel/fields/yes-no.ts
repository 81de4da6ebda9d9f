import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

export interface YesNoOptions extends CommonOptions {
  default?: boolean
}

const yes = new Set(['yes', 'y', 'true', 't', '1', 'x', 'on', '-1'])
const no = new Set(['no', 'n', 'false', 'f', '0', 'off'])

/** True or false. Access writes true as -1, so the reader knows that too. */
export const yesNoKind: Kind<YesNoOptions> = {
  kind: 'yes_no',
  operators: ['eq', 'empty'],
  align: 'start',
  sqlType: () => 'boolean',
  parse: (input) => (typeof input === 'boolean' ? fine(input) : wrong('not_yes_or_no')),
  read(text) {
    const word = text.trim().toLowerCase()
    if (yes.has(word)) return fine(true)
    return no.has(word) ? fine(false) : wrong('not_yes_or_no')
  },
  schema: () => ({ type: 'boolean' }),
}

export const yesNo = <const Options extends YesNoOptions>(options?: Options) =>
  makeField<boolean, Options>('yes_no', options)
