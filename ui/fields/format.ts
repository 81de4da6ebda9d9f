import { type Field, hasWords, say, sentenceCase, spokenBytes } from '@commonhall/kernel'
import { t } from '../say.ts'

const dates = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })
const instants = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' })
const exact = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'long' })
const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' })
const counts = new Intl.NumberFormat('en-US')

export const formatCount = (value: number) => counts.format(value)

/** A calendar day has no time zone: it is read and written as UTC so that it stays the day it is. */
export const formatDate = (value: string) => {
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) ? value : dates.format(time)
}

export const formatInstant = (value: string) => instants.format(new Date(value))

export const formatExactInstant = (value: string) => exact.format(new Date(value))

/** "3 minutes ago", up to a week; then the day itself says more. */
export function formatAgo(value: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(value) - now) / 1000)
  const age = Math.abs(seconds)
  if (age < 45) return t('time.now')
  if (age < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (age < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  if (age < 7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return dates.format(new Date(value))
}

interface DecimalField extends Field {
  readonly decimals?: number
}

/** Decimals come as strings, and Intl formats strings exactly: no float ever holds an amount. */
export function formatDecimal(field: Pick<DecimalField, 'kind' | 'decimals'>, value: string): string {
  const digits = field.decimals ?? 2
  const money = field.kind === 'money' ? ({ style: 'currency', currency: 'USD' } as const) : {}
  const format = new Intl.NumberFormat('en-US', {
    ...money,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const text = format.format(value as `${number}`)
  return field.kind === 'percent' ? `${text} %` : text
}

export const formatBytes = spokenBytes

/** A choice in words: a module may name it in its words, `module:choice.value`; else it is its own name. */
export function formatChoice(value: string, module?: string): string {
  const key = `${module}:choice.${value}`
  return module && hasWords(key) ? say(key) : sentenceCase(value)
}

type Formatted = Field & { readonly format?: string }

type Named = Field & { readonly names?: Readonly<Record<string, string>> }

/** Any value as plain text. Empty is an empty string. `title` is what a reference's record is called. */
export function formatValue(field: Field | undefined, value: unknown, title?: string, module?: string): string {
  if (value === null || value === undefined || value === '') return ''
  switch (field?.kind) {
    case 'money':
    case 'hours':
    case 'percent':
      return formatDecimal(field, `${value}`)
    case 'count':
      return (field as Formatted).format === 'bytes' ? formatBytes(Number(value)) : formatCount(Number(value))
    case 'date':
      return formatDate(`${value}`)
    case 'instant':
      return formatInstant(`${value}`)
    case 'yes_no':
      return value === true ? t('value.yes') : t('value.no')
    case 'choice':
      return (field as Named).names?.[`${value}`] ?? formatChoice(`${value}`, module)
    case 'ref':
    case 'file':
      return title ?? `${value}`
    case 'tags':
      return Array.isArray(value) ? value.join(', ') : `${value}`
    default:
      return typeof value === 'object' ? JSON.stringify(value) : `${value}`
  }
}
