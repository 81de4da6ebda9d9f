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

/** Keeps what one tab shows of one organization as it is on the server. Answers how it stops. */
export function liveTab(org: string, user: string, told: Told): () => void {
  let held: News[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let heldSince = 0
  let isFirst = true
  const gathering = new Gathering()

  const flush = () => {
    timer = undefined
    if (document.hidden) return
    if (isBusy() && Date.now() - heldSince < mostPatience) {
      timer = setTimeout(flush, 500)
      return
    }
    const news = held
    held = []
    if (news.length > mostHeld) void readAnew(org)
    else applyNews(org, news)
    told.onNews(news)
  }
  const gather = (news: News) => {
    if (!held.length) heldSince = Date.now()
    if (held.length <= mostHeld) held.push(news)
    if (!document.hidden) timer ??= setTimeout(flush, gathering.next(Date.now()))
  }

  const hear = ({ event, data }: LiveEvent) => {
    if (event === 'change') gather(data as News)
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

  const tabs = new Tabs(`commonhall:live:${org}:${user}`, {
    connect: ({ onEvents, onState }) =>
      new Connection({
        open: (query, signal) => open('GET', `/orgs/${org}/live`, { query, signal }),
        onEvents,
        onState,
      }),
    onEvents: (events) => events.forEach(hear),
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
    if (held.length) timer ??= setTimeout(flush, 200)
  }
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  return () => {
    clearTimeout(timer)
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
