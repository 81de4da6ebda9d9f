import type { InfiniteData } from '@tanstack/react-query'
import { client } from './client.ts'
import { recordQuery, type Row, type RowPage } from './records.ts'

type Pages = InfiniteData<RowPage, string>

/** Everything that may show a record of this list: read anew, since more than one thing follows from a change. */
export const refresh = (org: string) =>
  client.invalidateQueries({ queryKey: ['org', org], predicate: ({ queryKey }) => queryKey[2] !== 'catalog' })

function eachList(org: string, path: string, change: (rows: readonly Row[]) => readonly Row[]) {
  client.setQueriesData<Pages>(
    { queryKey: ['org', org, 'list', path] },
    // A module's page may keep what it has read of a list in a shape of its own.
    (pages) =>
      pages?.pages ? { ...pages, pages: pages.pages.map((page) => ({ ...page, data: change(page.data) })) } : pages,
  )
}

/** Shows new values at once, before the server has said yes. Answers the way back. */
export async function assume(org: string, path: string, row: Row, values: Readonly<Record<string, unknown>>) {
  const { queryKey } = recordQuery(org, path, row.id)
  await client.cancelQueries({ queryKey: ['org', org, 'list', path] })
  await client.cancelQueries({ queryKey })
  const before = client.getQueryData(queryKey)
  const lists = client.getQueriesData<Pages>({ queryKey: ['org', org, 'list', path] })
  client.setQueryData(queryKey, (known) => known && { ...known, ...values })
  eachList(org, path, (rows) => rows.map((one) => (one.id === row.id ? { ...one, ...values } : one)))
  return () => {
    if (before) client.setQueryData(queryKey, before)
    for (const [key, pages] of lists) client.setQueryData(key, pages)
  }
}

/** Takes records out of all lists at once, before the server has said yes. Answers the way back. */
export async function assumeGone(org: string, path: string, ids: ReadonlySet<string>) {
  await client.cancelQueries({ queryKey: ['org', org, 'list', path] })
  const lists = client.getQueriesData<Pages>({ queryKey: ['org', org, 'list', path] })
  eachList(org, path, (rows) => rows.filter((row) => !ids.has(row.id)))
  return () => {
    for (const [key, pages] of lists) client.setQueryData(key, pages)
  }
}
