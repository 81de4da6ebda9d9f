import { expect, test } from 'vitest'
import { isOwn, latest, type News, noteOwn } from './news.ts'

const news = (act: string, version: number | null, id: string | null = 'm1'): News => ({
  topic: 'members',
  id,
  act,
  version,
})

test('ten saves of one record are one piece of news', () => {
  expect(latest([news('update', 2), news('update', 3), news('update', 3, 'm2')])).toEqual([
    news('update', 3),
    news('update', 3, 'm2'),
  ])
})

test('what was added and then edited is still new, unless it is gone again', () => {
  expect(latest([news('insert', 1), news('update', 2)])).toEqual([news('insert', 2)])
  expect(latest([news('insert', 1), news('delete', null)])).toEqual([news('delete', null)])
})

const [one, two, three] = [1, 2, 3].map((figure) => `0198aaaa-0000-7000-8000-00000000000${figure}`)

test('what this page wrote is its own for a while', () => {
  noteOwn(`/orgs/local-100/members/${one}/suspend`, { ids: [two] }, { id: three }, 1000)
  expect([one, two, three].map((id) => isOwn(id ?? '', 2000))).toEqual([true, true, true])
  expect(isOwn(one ?? '', 9000)).toBe(false)
  expect(isOwn(null, 2000)).toBe(false)
})
