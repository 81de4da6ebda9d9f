import type { InfiniteData } from '@tanstack/react-query'
import { toastFailure } from '../parts/toast.tsx'
import { client } from '../wire/client.ts'
import { type InboxItem, type InboxPage, markRead, markUnread } from '../wire/inbox.ts'
import { unreadQuery } from '../wire/live.ts'

type Pages = InfiniteData<InboxPage, string>

/** Shows messages as read or unread at once, wherever they stand. */
function show(org: string, isMeant: (item: InboxItem) => boolean, isRead: boolean) {
  const at = isRead ? new Date().toISOString() : null
  const change = (item: InboxItem) => (isMeant(item) && !item.read_at === isRead ? { ...item, read_at: at } : item)
  client.setQueriesData<Pages>(
    { queryKey: ['org', org, 'inbox'] },
    (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.map(change) })) },
  )
}

const count = (org: string, unread: number) => client.setQueryData(unreadQuery(org).queryKey, Math.max(0, unread))

const counted = (org: string) => client.getQueryData(unreadQuery(org).queryKey) ?? 0

async function carryOut(org: string, work: Promise<{ unread: number }>) {
  try {
    count(org, (await work).unread)
  } catch (failure) {
    toastFailure(failure)
    await client.invalidateQueries({ queryKey: ['org', org, 'inbox'] })
  }
}

/** Marks one message, before the server has said yes. */
export function setRead(org: string, item: InboxItem, isRead: boolean): void {
  if (!item.read_at !== isRead) return
  show(org, ({ id }) => id === item.id, isRead)
  count(org, counted(org) + (isRead ? -1 : 1))
  void carryOut(org, isRead ? markRead(org, { ids: [item.id] }) : markUnread(org, [item.id]))
}

export async function readAll(org: string): Promise<void> {
  show(org, () => true, true)
  count(org, 0)
  await carryOut(org, markRead(org, { all: true }))
}
