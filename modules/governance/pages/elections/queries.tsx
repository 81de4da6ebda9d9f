import { call, listQuery, type Row } from '@commonhall/ui'
import { queryOptions } from '@tanstack/react-query'
import type { Standing } from './my-state.ts'
import type { Counting, LateChanges, Preview, Readiness, Watch } from './wire.ts'

/** What the API tells of one election. Named as the election itself, so that it is read anew when that changes. */
const aboutQuery = <Answer,>(org: string, id: string, what: string) =>
  queryOptions({
    queryKey: ['org', org, 'record', 'elections', id, what],
    queryFn: ({ signal }) => call<Answer>('GET', `/orgs/${org}/elections/${id}/${what}`, { signal }),
  })

/** Whether one is eligible oneself, and why not. */
export const standingQuery = (org: string, id: string) => aboutQuery<Standing>(org, id, 'standing')

/**
 * How many have voted. While voting is open it is asked now and then as well: not all that moves the numbers is told
 * live, and streams may be held back.
 */
export const watchQuery = (org: string, id: string, isOpen: boolean) => ({
  ...aboutQuery<Watch>(org, id, 'watch'),
  ...(isOpen ? { refetchInterval: 10_000 } : {}),
})

/** What is missing before the next step. */
export const readinessQuery = (org: string, id: string) => aboutQuery<Readiness>(org, id, 'readiness')

/** The ballot as voters will see it. */
export const previewQuery = (org: string, id: string) => aboutQuery<Preview>(org, id, 'preview')

/** How far the count is. */
export const countingQuery = (org: string, id: string) => aboutQuery<Counting>(org, id, 'counting')

export const contestsQuery = (org: string, election: string) =>
  listQuery(org, 'contests', { 'filter[election]': election, sort: 'position' }, 200)

export const candidatesQuery = (org: string, election: string) =>
  listQuery(org, 'candidates', { 'filter[election]': election, sort: 'position,name' }, 200)

/** The rows of a list of which all are shown. */
export const rowsOf = (pages: { readonly pages: readonly { readonly data: readonly Row[] }[] } | undefined) =>
  pages?.pages.flatMap((page) => page.data) ?? []

/** What has changed since the roll was fixed. */
export const lateQuery = (org: string, id: string) => aboutQuery<LateChanges>(org, id, 'late-changes')
