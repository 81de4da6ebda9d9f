import {
  type FieldError,
  isArchivable,
  isStorable,
  kindOf,
  labelOf,
  type Operator,
  parseRecord,
  type ReadingHints,
  refuseField,
  type Resource,
  say,
} from '@commonhall/kernel'
import { type FieldRules, permitAsking } from './field-rules.ts'

/** What a list is asked for, checked. */
export interface ListQuery {
  readonly limit: number
  readonly after: string | null
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
  /** Words of the search, all of which must occur. */
  readonly words: readonly string[]
  readonly filters: readonly Filter[]
  readonly archived: 'no' | 'yes' | 'any'
  readonly count: boolean
}

export interface Filter {
  readonly field: string
  readonly operator: Operator
  readonly values: readonly unknown[]
}

export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>

const mostRows = 200
const usualRows = 50
const mostWords = 4
const archivedWords = new Map<string, ListQuery['archived']>([
  ['true', 'yes'],
  ['false', 'no'],
  ['any', 'any'],
])
const filterName = /^filter\[(\w+)\](?:\[(\w+)\])?$/
/** Columns of the house that can be filtered and sorted by, besides the declared ones. */
export const houseFields = {
  id: { kind: 'ref', required: true },
  created_at: { kind: 'instant', required: true },
  updated_at: { kind: 'instant', required: true },
} as const

/** Reads the query string of a list. Whatever it does not know is refused with the name of what was wrong. */
export function readListQuery(resource: Resource, raw: RawQuery, rules: FieldRules): ListQuery {
  const filters: Filter[] = []
  let archived: ListQuery['archived'] = 'no'
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || ['limit', 'after', 'sort', 'q', 'count'].includes(name)) continue
    const [, field, operator] = filterName.exec(name) ?? []
    if (!field) bad(name, 'unknown_parameter', say('engine:list.unknown_parameter', { name }))
    const values = typeof value === 'string' ? [value] : value
    if (field === 'archived' && isArchivable(resource)) archived = readArchived(name, values)
    else {
      permitAsking(rules, resource, field, name)
      filters.push(readFilter(resource, name, field, operator ?? 'eq', values))
    }
  }
  return {
    ...readPaging(raw),
    sort: readSort(resource, single(raw, 'sort'), rules),
    words: readWords(resource, single(raw, 'q')),
    filters,
    archived,
    count: readCount(single(raw, 'count')),
  }
}

/** How much of a list is asked for, and after which marker. */
export const readPaging = (raw: RawQuery): Pick<ListQuery, 'limit' | 'after'> => ({
  limit: readLimit(single(raw, 'limit')),
  after: single(raw, 'after') ?? null,
})

function single(raw: RawQuery, name: string): string | undefined {
  const value = raw[name]
  if (value !== undefined && typeof value !== 'string') bad(name, 'repeated', say('engine:list.repeated', { name }))
  return value
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return usualRows
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= mostRows ? limit : bad('limit', 'bad_limit', say('engine:list.bad_limit'))
}

function readCount(text: string | undefined): boolean {
  if (text === undefined || text === 'none') return false
  return text === 'exact' || bad('count', 'bad_count', say('engine:list.bad_count'))
}

function readArchived(name: string, values: readonly string[]): ListQuery['archived'] {
  const found = values.length === 1 ? archivedWords.get(values[0] ?? '') : undefined
  return found ?? bad(name, 'bad_archived', say('engine:list.bad_archived'))
}

function readSort(resource: Resource, text: string | undefined, rules: FieldRules): ListQuery['sort'] {
  const names = text?.split(',').filter(Boolean) ?? resource.views.sort
  if (names.length > 4) bad('sort', 'too_many_sorts', say('engine:list.too_many_sorts'))
  return names.map((name) => {
    const field = name.replace(/^-/, '')
    const declared = fieldOf(resource, field)
    if (!declared || ['json', 'tags'].includes(declared.kind))
      bad('sort', 'bad_sort', say('engine:list.bad_sort', { name: field }))
    permitAsking(rules, resource, field, 'sort')
    return { field, descending: name.startsWith('-') }
  })
}

function readWords(resource: Resource, text: string | undefined): string[] {
  if (text === undefined) return []
  if (!resource.views.search.length) {
    bad('q', 'not_searchable', say('engine:list.not_searchable', { plural: resource.plural }))
  }
  if (text.length > 100 || !isStorable(text)) bad('q', 'too_long_search', say('engine:list.too_long_search'))
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
  // The search takes four patterns; further words are looked for as one phrase.
  return words.length > mostWords ? [...words.slice(0, mostWords - 1), words.slice(mostWords - 1).join(' ')] : words
}

/** The declaration of a field by name, or of one of the house's columns. */
export function fieldOf(resource: Resource, name: string) {
  if (Object.hasOwn(resource.fields, name)) return resource.fields[name]
  return Object.hasOwn(houseFields, name) ? houseFields[name as keyof typeof houseFields] : undefined
}

function readFilter(resource: Resource, path: string, name: string, asked: string, texts: readonly string[]): Filter {
  const declared = fieldOf(resource, name)
  if (!declared) bad(path, 'unknown_filter', say('engine:list.unknown_filter', { name }))
  const kind = kindOf(declared)
  const label = labelOf(resource.fields, name)
  const operator = kind.operators.find((one) => one === asked)
  if (!operator || (texts.length > 1 && operator !== 'eq' && operator !== 'ne')) {
    bad(
      path,
      'unknown_operator',
      say('engine:list.unknown_operator', { operator: asked, label, operators: kind.operators.join(', ') }),
    )
  }
  if (texts.includes('') && operator !== 'contains')
    bad(path, 'empty_filter', say('engine:list.empty_filter', { name }))
  if (operator === 'empty' || operator === 'contains')
    return { field: name, operator, values: [readPlain(path, operator, texts[0] ?? '')] }
  // A filter asks for stored values, so only what shapes them matters, not the bounds and formats of the form.
  const { choices = [], decimals } = declared as { choices?: readonly string[]; decimals?: number }
  const bare = { kind: declared.kind, label, choices, ...(decimals === undefined ? {} : { decimals }) }
  return { field: name, operator, values: texts.map((text) => readValue(path, name, bare, text)) }
}

function readPlain(path: string, operator: Operator, text: string): unknown {
  if (operator === 'contains')
    return isStorable(text) ? text : bad(path, 'bad_characters', say('kernel:invalid.bad_characters', { label: path }))
  return (
    text === 'true' ||
    (text !== 'false' && bad(path, 'not_yes_or_no', say('kernel:invalid.not_yes_or_no', { label: path })))
  )
}

const plain: ReadingHints = { decimalMark: '.', dateOrder: 'ymd' }

function readValue(path: string, name: string, declared: { kind: string; label: string }, text: string): unknown {
  const kind = kindOf(declared)
  // Text is compared as it is; what is not text arrives as text in an address and is read.
  if (['count', 'yes_no', 'tags'].includes(kind.kind)) {
    const read = kind.read(text, { min: -2_147_483_648, ...declared } as never, plain)
    if (read.ok) return read.value
  }
  const parsed = parseRecord({ [name]: declared }, { [name]: text }, { partial: true })
  if (parsed.ok) return parsed.values[name]
  const [error] = parsed.errors as [FieldError]
  return bad(path, error.code, error.message)
}

function bad(path: string, code: string, message: string): never {
  return refuseField(path, code, message, code)
}
