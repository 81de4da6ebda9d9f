import { call, listQuery, type Row, type useCatalog } from '@commonhall/ui'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { LateChange, VotePage } from './wire.ts'

/** So often the vote is asked for as well while it is open: not all that moves the numbers is told live. */
const now = 15_000

/**
 * How the vote on a proposal stands. It is named as a list of votes, so that it is read anew with each vote that is
 * cast, and after the version of the proposal, so that it is with each change of that.
 */
export const voteQuery = (org: string, { id, version, ...row }: Row) =>
  queryOptions({
    queryKey: ['org', org, 'list', 'votes', 'page', id, version],
    queryFn: ({ signal }) => call<VotePage>('GET', `/orgs/${org}/proposals/${id}/vote`, { signal }),
    placeholderData: keepPreviousData,
    ...(row['state'] === 'voting' ? { refetchInterval: now } : {}),
  })

export const lateQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: ['org', org, 'record', 'proposals', id, 'late-changes'],
    queryFn: ({ signal }) =>
      call<{ changes: readonly LateChange[] }>('GET', `/orgs/${org}/proposals/${id}/late-changes`, { signal }),
  })

const of = (proposal: string) => ({ 'filter[proposal]': proposal })

export const commentsQuery = (org: string, proposal: string) =>
  listQuery(org, 'comments', { ...of(proposal), sort: 'proposal' }, 200)

export const amendmentsQuery = (org: string, proposal: string) =>
  listQuery(org, 'amendments', { ...of(proposal), sort: 'of_version' }, 100)

export const revisionsQuery = (org: string, proposal: string) =>
  listQuery(org, 'revisions', { ...of(proposal), sort: '-number' }, 100)

export const proxiesQuery = (org: string, proposal: string) =>
  listQuery(org, 'proxies', { ...of(proposal), sort: '-written_on' }, 100)

/** The rows of a list of which all are shown. */
export const rowsOf = (pages: { readonly pages: readonly { readonly data: readonly Row[] }[] } | undefined) =>
  pages?.pages.flatMap((page) => page.data) ?? []

type Catalog = ReturnType<typeof useCatalog>

/** Who says by which rules an organization decides runs its votes; who keeps what employers withhold is the office. */
export const isBoard = ({ resources }: Catalog) => resources['governance.rule-set']?.permissions.create === true
export const isOffice = ({ resources }: Catalog) => resources['governance.checkoff']?.permissions.create === true

/** Who wrote something: a member, or somebody of the office who is none. */
export const nameOf = (row: Row, member: string, user: string, nobody: string) =>
  row.titles?.[member] ?? row.titles?.[user] ?? nobody
