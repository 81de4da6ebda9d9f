import type { Operator } from '@commonhall/kernel'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { KnownResource } from '../wire/catalog.ts'
import type { Query } from '../wire/http.ts'

export type Search = Readonly<Record<string, string>>

/** The address of a list speaks the API's language, so what is on screen can be asked of the API word for word. */
const filterKey = (field: string, operator: Operator) =>
  operator === 'eq' ? `filter[${field}]` : `filter[${field}][${operator}]`

/** What one field's filter asks, by operator. */
export type Asked = Partial<Record<Operator, string>>

const operators: readonly Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'contains', 'empty']

export function askedOf(search: Search, field: string): Asked {
  return Object.fromEntries(
    operators.flatMap((operator) => {
      const value = search[filterKey(field, operator)]
      return value ? [[operator, value]] : []
    }),
  )
}

/** Fields whose filter is set, in the order of the address. */
export const filteredFields = (search: Search): string[] => [
  ...new Set(Object.keys(search).flatMap((key) => /^filter\[(\w+)\]/.exec(key)?.[1] ?? [])),
]

export const isNarrowed = (search: Search) => !!search['q'] || filteredFields(search).length > 0

/** Several choices or ids stand in one value of the address, with commas; the API wants them one by one. */
const several = /^[\w.-]+(,[\w.-]+)+$/

/** The parts of the address that the API's list understands; anything else in it is not for the server. */
export const queryOf = (search: Search): Query =>
  Object.fromEntries(
    Object.entries(search)
      .filter(([key, value]) => value && /^(q|sort|filter\[.*)$/.test(key))
      .map(([key, value]) => [key, /^filter\[\w+\]$/.test(key) && several.test(value) ? value.split(',') : value]),
  )

/** The list's state, all of it in the address, and the ways to change it. */
export function useListSearch() {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  return useMemo(() => {
    const go = (next: Search, replace = false) =>
      void navigate({ to: '.', search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)), replace })
    return {
      search,
      query: queryOf(search),
      /** Typing replaces the address, so that Back does not walk through every letter. */
      look: (words: string) => go({ ...search, q: words }, true),
      sort: (order: string) => go({ ...search, sort: order }),
      filter(field: string, asked: Asked) {
        const others = Object.entries(search).filter(([key]) => !key.startsWith(`filter[${field}]`))
        const mine = Object.entries(asked).map(
          ([operator, value]) => [filterKey(field, operator as Operator), value] as const,
        )
        go(Object.fromEntries([...others, ...mine]))
      },
      show: (view: Search) => go(view),
      clear: () => go(search['sort'] ? { sort: search['sort'] } : {}),
    }
  }, [search, navigate])
}

export type ListSearch = ReturnType<typeof useListSearch>

/** How a list is ordered now: the first key of the address, or of the resource. */
export function orderOf(resource: KnownResource, search: Search): { field: string; isDown: boolean } {
  const [first = ''] = (search['sort'] ?? resource.views.sort.join(',')).split(',')
  return { field: first.replace(/^-/, ''), isDown: first.startsWith('-') }
}

/** Prose and structures have no order that helps anyone, and what only some rows show must not order them. */
export const isSortable = ({ fields, field_rules }: KnownResource, name: string) =>
  !['json', 'long_text', 'tags'].includes(fields[name]?.kind ?? 'json') && field_rules?.[name]?.read !== 'own'
