import type { ContextParts } from '../context.ts'

/** Tells the pages of these people that the number of their unread news has changed. After the commit. */
export function tellUnread({ signals }: Pick<ContextParts, 'signals'>, org: string, users: readonly string[]): void {
  if (users.length) signals.tell({ org, topic: 'inbox', users })
}
