import { type Catalog, catalogQuery } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { onWritten, open } from '../wire/http.ts'
import { editorsQuery, type Editor, unreadQuery } from '../wire/live.ts'
import { applyNews, readAnew } from './apply.ts'
import { Connection } from './connection.ts'
import type { LiveEvent } from './frames.ts'
import { type News, noteOwn } from './news.ts'
import { chance, Gathering } from './pace.ts'
import { Tabs } from './tabs.ts'
import { topicsOf } from './topics.ts'

export interface Told {
  readonly onState: (isLive: boolean) => void
  readonly onNews: (news: readonly News[]) => void
  readonly onUnread: (count: number, before: number | undefined) => void
}

/** A tab nobody has looked at for so long hears nothing more until somebody does. */
const sleepsAfter = 5 * 60_000
/** More than this while nobody looks: the page is read anew instead. */
const mostHeld = 200
/** A menu that is left open shall not keep a page old for ever. */
const mostPatience = 20_000

/** Something is open or selected that would be lost or jump if the page changed under it. */
const isBusy = () =>
  getSelection()?.type === 'Range' ||
  document.querySelector('[aria-expanded="true"]:is([aria-haspopup="menu"], [role="combobox"])') !== null

/** Holds news for a moment, so that many come as one, and for as long as they would be in the way or nobody looks. */
class Held {
  readonly #take: (news: readonly News[]) => void
  readonly #gathering = new Gathering()
  #news: News[] = []
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(take: (news: readonly News[]) => void) {
    this.#take = take
  }

  add(one: News): void {
    if (!this.#news.length) this.#since = Date.now()
    if (this.#news.length <= mostHeld) this.#news.push(one)
    if (!document.hidden) this.#timer ??= setTimeout(this.#flush, this.#gathering.next(Date.now()))
  }

  /** Somebody looks again. */
  wake(): void {
    if (this.#news.length) this.#timer ??= setTimeout(this.#flush, 200)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  readonly #flush = () => {
    this.#timer = undefined
    if (document.hidden) return
    if (isBusy() && Date.now() - this.#since < mostPatience) this.#timer = setTimeout(this.#flush, 500)
    else this.#take(this.#news.splice(0))
  }
}

/** Takes in one event; what has changed waits in `held`. */
function hear(org: string, held: Held, told: Told, { event, data }: LiveEvent) {
  if (event === 'change') held.add(data as News)
  else if (event === 'reset') setTimeout(() => void readAnew(org), 3000 * chance())
  else if (event === 'editing') {
    const { topic, people } = data as { topic: string; people: readonly Editor[] }
    client.setQueryData(editorsQuery(org, topic).queryKey, people)
  } else if (event === 'inbox') {
    const { unread } = data as { unread: number }
    const key = unreadQuery(org).queryKey
    const before = client.getQueryData<number>(key)
    told.onUnread(unread, before)
    client.setQueryData(key, unread)
    readInbox(org, unread > (before ?? 0))
  }
}

/** Keeps what one tab shows of one organization as it is on the server. Answers how it stops. */
export function liveTab(org: string, user: string, told: Told): () => void {
  const held = new Held((news) => {
    if (news.length > mostHeld) void readAnew(org)
    else applyNews(org, news)
    told.onNews(news)
  })
  let isFirst = true
  const tabs = new Tabs(`commonhall:live:${org}:${user}`, {
    connect: (ends) =>
      new Connection({ ...ends, open: (query, signal) => open('GET', `/orgs/${org}/live`, { query, signal }) }),
    onEvents: (events) => events.forEach((one) => hear(org, held, told, one)),
    subjectOf: ({ event, data }) =>
      event === 'inbox' || event === 'editing' ? `${event} ${(data as { topic?: string }).topic}` : undefined,
    onState(isLive) {
      // Between reading the page and hearing of changes something may have happened.
      if (isLive && isFirst) void readAnew(org)
      if (isLive) isFirst = false
      told.onState(isLive)
    },
  })
  const stopTopics = followScreen(org, (topics) => tabs.want(topics))
  onWritten(noteOwn)
  const wake = () => {
    if (document.hidden) return
    tabs.hurry()
    held.wake()
  }
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  return () => {
    held.stop()
    stopTopics()
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
    tabs.close()
  }
}

/** Fetches new messages where they are shown, but not while somebody points at one: it would slip away. */
function readInbox(org: string, hasNew: boolean, since = Date.now()) {
  const queryKey = ['org', org, 'inbox']
  if (!hasNew) return void client.invalidateQueries({ queryKey, refetchType: 'none' })
  const isPointedAt = document.querySelector('[data-steady]:is(:hover, :focus-within)') !== null
  const mustWait = Date.now() - since < mostPatience && isPointedAt
  setTimeout(
    () => (mustWait ? readInbox(org, true, since) : void client.invalidateQueries({ queryKey })),
    1500 * chance(),
  )
}

/** Tells of the topics on the screen whenever they change, and of none when nobody has looked for long. */
function followScreen(org: string, want: (topics: readonly string[]) => void): () => void {
  let before = ''
  let soon: ReturnType<typeof setTimeout> | undefined
  let sleep: ReturnType<typeof setTimeout> | undefined
  let isAsleep = false
  const look = () => {
    soon = undefined
    const catalog = client.getQueryData<Catalog>(catalogQuery(org).queryKey)
    const topics = isAsleep || !catalog ? [] : topicsOf(client.getQueryCache().getAll(), catalog)
    if (topics.join() === before) return
    before = topics.join()
    want(topics)
  }
  const lookSoon = () => void (soon ??= setTimeout(look, 120))
  const onVisible = () => {
    clearTimeout(sleep)
    // What was missed meanwhile is read by the queries themselves, as they do whenever a tab comes back.
    if (!document.hidden) isAsleep = false
    else
      sleep = setTimeout(() => {
        isAsleep = true
        lookSoon()
      }, sleepsAfter)
    lookSoon()
  }
  const unsubscribe = client.getQueryCache().subscribe(({ type }) => {
    if (type === 'observerAdded' || type === 'observerRemoved') lookSoon()
  })
  document.addEventListener('visibilitychange', onVisible)
  look()
  return () => {
    unsubscribe()
    clearTimeout(soon)
    clearTimeout(sleep)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
