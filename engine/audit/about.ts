import type { Resource } from '@commonhall/kernel'
import { auditLine } from '../foundation/resources.ts'

/**
 * Lines about some records: those that name one, and those that name many, as what a list showed does. Null for filters
 * of anything else. `ids` is the placeholder of their array.
 */
export const linesAbout = (resource: Resource, field: string, ids: string): string | null =>
  resource === auditLine && field === 'record'
    ? `(t.record = any(${ids}::uuid[])
        or t.kind in ('read', 'denied') and t.detail -> 'records' ?| ${ids}::uuid[]::text[])`
    : null
