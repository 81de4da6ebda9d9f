import { infiniteQueryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { call } from './http.ts'
import { unreadQuery } from './live.ts'

/** One message in somebody's inbox. */
export interface InboxItem {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** What there is to do, in words. */
  readonly act: string | null
  /** Where it leads, within the org's pages. */
  readonly path: string | null
  readonly created_at: string
  readonly read_at: string | null
}

export interface InboxPage {
  readonly data: readonly InboxItem[]
  readonly page: { readonly next: string | null }
  readonly unread: number
}

const at = (org: string, path: string) => `/orgs/${org}/inbox${path}`

/** The inbox page by page, newest first. */
export const inboxQuery = (org: string, { onlyUnread = false, limit = 30 } = {}) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'inbox', onlyUnread, limit],
    async queryFn({ pageParam, signal }) {
      const page = await call<InboxPage>('GET', at(org, ''), {
        query: { limit, after: pageParam, ...(onlyUnread ? { unread: 'true' } : {}) },
        signal,
      })
      client.setQueryData(unreadQuery(org).queryKey, page.unread)
      return page
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })

interface Unread {
  readonly unread: number
}

export const markRead = (org: string, asked: { ids: readonly string[] } | { all: true }) =>
  call<Unread>('POST', at(org, '/read'), { body: asked })

export const markUnread = (org: string, ids: readonly string[]) =>
  call<Unread>('POST', at(org, '/unread'), { body: { ids } })
