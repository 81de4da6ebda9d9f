/** What has become of a record, as everybody who may read it is told. What it is now, they ask. */
export interface News {
  /** The plural of its resource, as in addresses. */
  readonly topic: string
  /** None where more has changed than is worth telling one by one. */
  readonly id: string | null
  readonly act: string
  /** None for what is no longer there. */
  readonly version: number | null
}

type Taker = (news: readonly News[]) => void

const takers = new Map<string, Taker>()

/** A list that takes news in its own way instead of being read anew. Answers how it stops. */
export function takeNews(queryHash: string, taker: Taker): () => void {
  takers.set(queryHash, taker)
  return () => {
    if (takers.get(queryHash) === taker) takers.delete(queryHash)
  }
}

export const takerOf = (queryHash: string): Taker | undefined => takers.get(queryHash)

export const isNewRecord = ({ act }: News) => /insert|create|restore/.test(act)

/** The latest of each record, so that ten saves cost one question. */
export function latest(news: readonly News[]): News[] {
  const byRecord = new Map<string, News>()
  for (const one of news) {
    const key = `${one.topic}/${one.id}`
    const before = byRecord.get(key)
    const stays = before && isNewRecord(before) && !/delete|archive/.test(one.act)
    byRecord.set(key, stays ? { ...one, act: before.act } : one)
  }
  return [...byRecord.values()]
}

const mine = new Map<string, number>()
const ownFor = 6000
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** Remembers what this page has written itself: it is no news to whoever wrote it. */
export function noteOwn(path: string, body: unknown, answer: unknown, now = Date.now()): void {
  const { ids = [] } = (body ?? {}) as { ids?: readonly string[] }
  const { id } = (answer ?? {}) as { id?: string }
  for (const one of [...(path.match(uuid) ?? []), ...(Array.isArray(ids) ? ids : []), ...(id ? [id] : [])])
    mine.set(one, now + ownFor)
  for (const [one, until] of mine) if (until < now) mine.delete(one)
}

export const isOwn = (id: string | null, now = Date.now()): boolean => (mine.get(id ?? '') ?? 0) > now
