import { type InfiniteData, hashKey, type QueryKey } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { client } from '../wire/client.ts'
import { call, type Query } from '../wire/http.ts'
import type { Row, RowPage } from '../wire/records.ts'
import { markFresh } from './marks.ts'
import { isNewRecord, isOwn, type News, takeNews } from './news.ts'

type Pages = InfiniteData<RowPage, string>

/** More than this at once is not asked for one by one. */
const mostAsked = 40

interface Waiting {
  /** Records that belong into the list and do not stand in it yet. */
  readonly fresh: readonly string[]
  /** Records that stand in it and do not belong there any more. */
  readonly gone: readonly string[]
  readonly isMany: boolean
}

const nothing: Waiting = { fresh: [], gone: [], isMany: false }

const rowsOf = (pages: Pages | undefined) => pages?.pages.flatMap(({ data }) => data) ?? []

/** Puts newer rows in the place of the old ones: nothing moves. */
function replaceRows(queryKey: QueryKey, found: readonly Row[]) {
  const byId = new Map(found.map((row) => [row.id, row]))
  const newer = (row: Row) => {
    const next = byId.get(row.id)
    return next && next.version >= row.version ? next : row
  }
  client.setQueryData<Pages>(
    queryKey,
    (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.map(newer) })) },
  )
}

/** The records that are worth asking for: those in the list that are older than the news, and those it may lack. */
function worthAsking(news: readonly News[], pages: Pages): string[] {
  const shown = new Map(rowsOf(pages).map((row) => [row.id, row]))
  const isWhole = !pages.pages.at(-1)?.page.next
  return news.flatMap((one) => {
    const row = shown.get(one.id ?? '')
    const isWorth = row ? (one.version ?? Infinity) > row.version : isNewRecord(one) || isWhole
    return one.id && isWorth ? [one.id] : []
  })
}

/** What has become of these records in this very list: asked as the list itself is asked. */
async function look(org: string, path: string, query: Query, queryKey: QueryKey, ids: readonly string[]) {
  const { data } = await call<RowPage>('GET', `/orgs/${org}/${path}`, {
    query: { ...query, 'filter[id]': ids, limit: ids.length },
  })
  const shown = new Set(rowsOf(client.getQueryData<Pages>(queryKey)).map(({ id }) => id))
  const found = new Set(data.map(({ id }) => id))
  replaceRows(queryKey, data)
  const isNews = (id: string) => !isOwn(id)
  markFresh([...found].filter((id) => shown.has(id) && isNews(id)))
  return {
    fresh: [...found].filter((id) => !shown.has(id) && isNews(id)),
    gone: ids.filter((id) => shown.has(id) && !found.has(id)),
  }
}

const join = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])]

/**
 * A list in which rows change where they stand. What is new waits until the person wants it, and what is gone stays,
 * struck through: under a hand that is about to click, nothing moves.
 */
export function useListNews(org: string, path: string, query: Query, queryKey: QueryKey) {
  const hash = hashKey(queryKey)
  const [waiting, setWaiting] = useState(nothing)
  // Both are made anew with each rendering; their hash tells when they mean something else.
  const latest = useRef({ query, queryKey })
  useEffect(() => {
    latest.current = { query, queryKey }
  })
  useEffect(() => {
    const forget = () => setWaiting(nothing)
    const take = async (news: readonly News[]) => {
      const { query: asked, queryKey: key } = latest.current
      const pages = client.getQueryData<Pages>(key)
      if (!pages) return
      if (!rowsOf(pages).length) return client.invalidateQueries({ queryKey: key, exact: true })
      const ids = worthAsking(news, pages)
      if (news.some(({ id }) => id === null) || ids.length > mostAsked) setWaiting({ ...nothing, isMany: true })
      else if (ids.length) {
        const { fresh, gone } = await look(org, path, asked, key, ids)
        setWaiting((before) => ({ ...before, fresh: join(before.fresh, fresh), gone: join(before.gone, gone) }))
      }
    }
    const stop = takeNews(hash, (news) => void take(news).catch(() => {}))
    // Whatever reads the list anew, such as an act of the person's own, has shown what was waiting.
    const stopWatching = client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.query.queryHash !== hash) return
      const isMore = event.query.state.fetchMeta?.fetchMore !== undefined
      if (event.action.type === 'success' && !event.action.manual && !isMore) forget()
    })
    return () => {
      stop()
      stopWatching()
      forget()
    }
  }, [org, path, hash])

  const show = async () => {
    const { fresh } = waiting
    await client.invalidateQueries({ queryKey, exact: true })
    const shown = new Set(rowsOf(client.getQueryData<Pages>(queryKey)).map(({ id }) => id))
    const seen = fresh.filter((id) => shown.has(id))
    markFresh(seen)
    // In the order of the list they may come after all that has been loaded.
    return { first: seen[0], isBelow: fresh.length > 0 && !seen.length }
  }
  return { waiting, show }
}
