import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { paper } from '../previews/testing/paper.ts'
import { sha256Of } from '../stores/testing/bytes.ts'
import { lookThrough, put } from '../testing/put.ts'
let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

describe('looking at a file', () => {
  test('shows pages as they are asked for, and no others', async () => {
    const bytes = paper(Array.from({ length: 7 }, (_, at) => `Page ${at + 1}`))
    const id = await put(house, { bytes, name: 'minutes.pdf', mediaType: 'application/pdf' })
    const early = await staff.get(`/files/${id}/pages/1`)
    expect([early.statusCode, early.json().code]).toEqual([409, 'file_not_ready'])
    await lookThrough(house, bytes)
    const pages = await Promise.all([1, 6, 7].map((number) => staff.get(`/files/${id}/pages/${number}`)))
    expect(pages.map(({ statusCode, headers }) => [statusCode, headers['content-type']])).toEqual(
      pages.map(() => [200, 'image/webp']),
    )
    expect(new Set(pages.map(({ rawPayload }) => sha256Of(rawPayload))).size).toBe(3)
    for (const wrong of ['8', '0', 'x', '31', '-1']) {
      expect((await staff.get(`/files/${id}/pages/${wrong}`)).statusCode).toBe(404)
    }
    const { thumbnail, pages: count } = (await staff.get(`/files/${id}`)).json().previews
    expect([thumbnail, count]).toEqual([true, 7])
  })

  test('shows the beginning of a text, whatever its encoding', async () => {
    const bytes = Buffer.from('Beiträge für März\r\n', 'latin1')
    const id = await put(house, { bytes })
    await lookThrough(house, bytes)
    expect((await staff.get(`/files/${id}/text`)).json()).toEqual({ text: 'Beiträge für März\r\n', truncated: false })
    const long = Buffer.from('€'.repeat(40_000))
    const book = await put(house, { bytes: long, name: 'book.md', mediaType: 'text/markdown' })
    await lookThrough(house, long)
    const { text, truncated } = (await staff.get(`/files/${book}/text`)).json()
    expect([text === '€'.repeat(Math.floor(65_536 / 3)), truncated]).toEqual([true, true])
  })

  test('says that there is nothing to look at', async () => {
    const bytes = Buffer.from('PK and so on')
    const id = await put(house, { bytes, name: 'a.doc', mediaType: 'application/msword' })
    await lookThrough(house, bytes)
    for (const way of ['thumbnail', 'view', 'pages/1', 'text']) {
      const reply = await staff.get(`/files/${id}/${way}`)
      expect([reply.statusCode, reply.json().code]).toEqual([404, 'no_preview'])
    }
  })
})
