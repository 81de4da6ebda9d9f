import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'
import { parseText } from './text.ts'

const most = 20
const longest = 40

/** A few short words by which people find a record again; each once, in the order in which they were given. */
export const tagsKind: Kind = {
  kind: 'tags',
  // Any of the words that are asked for.
  operators: ['eq', 'ne'],
  align: 'start',
  sqlType: () => 'text[]',
  parse(input, options) {
    if (!Array.isArray(input)) return wrong('not_tags')
    const tags: string[] = []
    for (const one of input) {
      if (typeof one === 'string' && /[,\r\n]/.test(one)) return wrong('not_tags')
      const parsed = parseText(one, options, longest)
      if (!parsed.ok) return parsed
      const tag = parsed.value
      if (tag && !tags.some((known) => known.toLowerCase() === tag.toLowerCase())) tags.push(tag)
    }
    return tags.length > most ? wrong('too_many_tags', { max: most }) : fine(tags)
  },
  read: (text, options) => tagsKind.parse(text.split(','), options),
  schema: () => ({ type: 'array', maxItems: most, items: { type: 'string', maxLength: longest } }),
}

export const tags = <const Options extends CommonOptions>(options?: Options) =>
  makeField<readonly string[], Options>('tags', options)
