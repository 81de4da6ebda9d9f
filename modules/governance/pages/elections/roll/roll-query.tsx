import { call } from '@commonhall/ui'
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { Roll } from '../wire.ts'

export const filters = ['all', 'taken', 'not_taken', 'not_eligible', 'no_notice'] as const

export type RollFilter = (typeof filters)[number]

/** The roll, page by page, narrowed by words and by what is asked of it. */
export const rollQuery = (org: string, election: string, filter: RollFilter, words: string) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'record', 'elections', election, 'roll', filter, words],
    queryFn: ({ pageParam, signal }) =>
      call<Roll>('GET', `/orgs/${org}/elections/${election}/roll`, {
        query: { show: filter, q: words, after: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
