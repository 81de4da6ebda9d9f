import type { QueryKey } from '@tanstack/react-query'
import { client } from '../wire/client.ts'
import type { Row } from '../wire/records.ts'
import { latest, type News, takerOf } from './news.ts'
import { chance } from './pace.ts'

/** What is known of a record is at least as new as the news. */
const isKnown = (row: Row | undefined, { version }: News) => version !== null && (row?.version ?? 0) >= version

let counting: ReturnType<typeof setTimeout> | undefined

/** The figures of the first page cost the server more than a record, and may be a few seconds old. */
const countSoon = (queryKey: QueryKey) =>
  (counting ??= setTimeout(
    () => {
      counting = undefined
      void client.invalidateQueries({ queryKey, exact: true })
    },
    500 + 3000 * chance(),
  ))

/** Whatever on the screen is about a record or list is read anew, and nothing else. */
export function applyNews(org: string, told: readonly News[]): void {
  const byTopic = Map.groupBy(latest(told), ({ topic }) => topic)
  for (const query of client.getQueryCache().findAll({ queryKey: ['org', org] })) {
    const [, , kind, path, id] = query.queryKey as readonly string[]
    const news = byTopic.get(path ?? '') ?? []
    if (kind === 'overview') countSoon(query.queryKey)
    if (!news.length) continue
    const about = news.find((one) => one.id === id || one.id === null)
    if (kind === 'list') {
      const taker = query.isActive() ? takerOf(query.queryHash) : undefined
      if (taker) taker(news)
      else void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    } else if (
      about &&
      (kind === 'changes' || kind === 'files' || (kind === 'record' && !isKnown(query.state.data as Row, about)))
    )
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  }
}

/** Too much was missed, or nothing is known of the time before: what is on the screen is read once more. */
export const readAnew = (org: string) =>
  client.invalidateQueries({
    queryKey: ['org', org],
    predicate: ({ queryKey: [, , kind] }) =>
      ['list', 'record', 'changes', 'files', 'overview', 'inbox'].includes(`${kind}`),
  })
