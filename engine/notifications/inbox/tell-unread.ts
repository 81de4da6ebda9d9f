import type { ContextParts } from '../../context.ts'

/** So many ids fit into one signal. */
const mostIds = 150

/** Tells the pages of these people that the number of their unread news has changed. After the commit. */
export function tellUnread({ signals }: Pick<ContextParts, 'signals'>, org: string, users: readonly string[]): void {
  for (let from = 0; from < users.length; from += mostIds)
    signals.tell({ org, topic: 'inbox', users: users.slice(from, from + mostIds) })
}
