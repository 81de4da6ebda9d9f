import type { Fields, Report } from '@commonhall/kernel'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Values } from '../form/draft.ts'
import { call } from '../wire/http.ts'
import type { Asked } from './asked.ts'

export interface Subtotal {
  readonly of: Values
  readonly count: number
  readonly totals: Values
}

export type Chart = NonNullable<Report['chart']> & { readonly points: readonly Values[]; readonly more: boolean }

/** A page of a report, as the server answers it. */
export interface Answer {
  readonly columns: Fields
  readonly rows: readonly Values[]
  readonly count: number
  readonly more: boolean
  readonly totals: Values
  readonly subtotals?: readonly Subtotal[]
  readonly chart?: Chart
}

export const reportPath = (org: string, name: string) => `/orgs/${org}/reports/${name}`

export const reportQuery = (org: string, name: string, asked: Asked) =>
  queryOptions({
    queryKey: ['org', org, 'report', name, asked],
    queryFn: ({ signal }) => call<Answer>('GET', reportPath(org, name), { query: asked, signal }),
    // Another order or another period takes the place of what is there, without the page falling empty in between.
    placeholderData: keepPreviousData,
  })
