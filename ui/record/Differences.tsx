import { type Fields, isUuid, labelOf, sentenceCase } from '@commonhall/kernel'
import { formatInstant, formatValue } from '../fields/format.ts'
import { t } from '../say.ts'
import type { KnownResource } from '../wire/catalog.ts'
import type { Change } from '../wire/records.ts'

/** Columns of the house that change with every write say nothing to people. */
const isHouse = (name: string) =>
  ['id', 'org_id', 'version', 'created_at', 'updated_at', 'archived_at', 'search_text'].includes(name)

interface Difference {
  readonly label: string
  readonly before: string
  readonly after: string
}

type Structure = Readonly<Record<string, unknown>>

const isStructure = (value: unknown): value is Structure =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

/** A value that no field describes, in words. */
function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (value === true) return t('value.yes')
  if (value === false) return t('value.no')
  if (typeof value === 'string' && isInstant.test(value)) return formatInstant(value)
  if (Array.isArray(value)) return value.map(plain).join(', ')
  if (isStructure(value)) {
    return Object.entries(value)
      .map(([name, one]) => `${sentenceCase(name)}: ${plain(one)}`)
      .join(', ')
  }
  return `${value as string | number}`
}

/** A switch that is not there stands as at the start: only what differs from it is kept. */
const other = (value: unknown) => (typeof value === 'boolean' ? !value : undefined)

/** What is told of a file besides its name and words is for programs. */
const isOfFile = (name: string) => ['id', 'version', 'sha256'].includes(name)

/** Of structures only the parts that differ. */
function insideOf(before: Structure, after: Structure, titles: Change['titles']): Difference[] {
  const isFile = 'sha256' in after || 'sha256' in before
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !(isFile && isOfFile(name)))
    .filter((name) => plain(before[name]) !== plain(after[name]))
    .map((name) => ({
      label: titles?.[name] ?? (isFile ? sentenceCase(name) : name),
      before: plain(before[name] ?? other(after[name])),
      after: plain(after[name] ?? other(before[name])),
    }))
}

/** What the house worked out for programs, in a shape that nothing describes: its names mean nothing to people. */
const isForPrograms = (field: Fields[string] | undefined) =>
  field?.kind === 'json' && field.computed === true && !('schema' in field)

/** Of what is for programs only that it was set, or set anew. */
function setOf(label: string, before: unknown, after: unknown): Difference {
  const isThere = (value: unknown) => value !== null && value !== undefined
  const [was, is] = [isThere(before), isThere(after)]
  return {
    label,
    before: was ? t('history.set') : '',
    after: is ? t(was ? 'history.setAnew' : 'history.set') : '',
  }
}

/** What differs, field by field, as people read it. */
export function differencesOf({ changes, titles }: Change, resource: KnownResource | undefined): Difference[] {
  return Object.entries(changes ?? {}).flatMap(([name, pair]) => {
    if (isHouse(name) || !Array.isArray(pair)) return []
    const [before, after] = pair as readonly [unknown, unknown]
    const field = resource?.fields[name]
    // An id of which nothing more is known is for programs.
    if (!field && (isUuid(before) || isUuid(after))) return []
    if (isForPrograms(field)) return [setOf(labelOf(resource?.fields ?? {}, name), before, after)]
    if ((!field || field.kind === 'json' || field.kind === 'file') && (isStructure(before) || isStructure(after)))
      return insideOf(isStructure(before) ? before : {}, isStructure(after) ? after : {}, titles)
    const show = (value: unknown) => {
      if (field?.kind === 'ref' || field?.kind === 'file')
        return value ? (titles?.[value as string] ?? t('history.record')) : ''
      return field ? formatValue(field, value, undefined, resource?.module) : plain(value)
    }
    return [{ label: labelOf(resource?.fields ?? {}, name), before: show(before), after: show(after) }]
  })
}

interface DifferencesProps {
  change: Change
  resource: KnownResource | undefined
}

/** Old and new values, one line each. What was not there before, or is not any more, has one side only. */
export function Differences({ change, resource }: DifferencesProps) {
  const all = differencesOf(change, resource)
  if (!all.length) return null
  return (
    <ul>
      {all.map(({ label, before, after }) => (
        <li key={label}>
          {label}: <del>{before || t('history.nothing')}</del> <span aria-hidden>→</span>{' '}
          <ins>{after || t('history.nothing')}</ins>
        </li>
      ))}
    </ul>
  )
}
