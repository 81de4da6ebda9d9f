import { labelOf } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'

type Row = Readonly<Record<string, unknown>>

/** A file as the trail tells of it. */
const isFile = (one: unknown): one is { readonly name: string } =>
  typeof one === 'object' && one !== null && 'sha256' in one && 'name' in one

/** A line's changes and details in words instead of structures, for a file that people read. */
export function spokenLine(registry: Registry, line: Row): Row {
  const fields = registry.resources.get(String(line['resource']))?.fields ?? {}
  const titles = (line['titles'] ?? {}) as Row
  const value = (one: unknown): string => {
    if (one === null || one === undefined || one === '') return '–'
    if (typeof one === 'string') return String(titles[one] ?? one)
    if (isFile(one)) return one.name
    const opened = titles[String((one as { id?: unknown }).id)]
    if (opened) return String(opened)
    return JSON.stringify(one)
  }
  const changes = Object.entries((line['changes'] ?? {}) as Row).map(([name, pair]) => {
    const [before, after] = pair as readonly unknown[]
    return `${labelOf(fields, name)}: ${value(before)} → ${value(after)}`
  })
  const detail = Object.entries((line['detail'] ?? {}) as Row).map(([name, told]) => {
    const words = Array.isArray(told) ? told.map((one) => value(one)).join(', ') : value(told)
    return `${labelOf({}, name)}: ${words}`
  })
  return { ...line, changes: changes.join('; ') || null, detail: detail.join('; ') || null }
}
