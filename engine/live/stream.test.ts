import { PassThrough } from 'node:stream'
import { describe, expect, test, vi } from 'vitest'
import { eventually } from '@commonhall/engine/testing'
import { event } from './event.ts'
import { mostWaiting, EventStream } from './stream.ts'

const big = (n: number) =>
  event('change', { topic: 'members', id: String(n), act: 'x'.repeat(10_000), version: n }, `p${n}`)

describe('a stream of events', () => {
  test('that nobody reads holds so much and no more; then its client is sent away, once', () => {
    const [left, tooSlow] = [vi.fn<() => void>(), vi.fn<() => void>()]
    const stream = new EventStream(left, tooSlow)
    for (let n = 0; n < 100; n += 1) stream.tell([big(n)], `p${n}`)
    expect(tooSlow).toHaveBeenCalledOnce()
    expect(stream.body.readableLength).toBeLessThan(mostWaiting + 20_000)
    stream.body.destroy()
    expect(stream.body.destroyed).toBe(true)
  })

  test('lets go of its listener when its client goes, and when it ends', async () => {
    const left = vi.fn<() => void>()
    const gone = new EventStream(left, () => {})
    gone.body.destroy()
    await eventually(() => expect(left).toHaveBeenCalledTimes(1))
    gone.tell([big(1)], 'p1')
    gone.end()
    const ended = new EventStream(left, () => {})
    ended.body.pipe(new PassThrough()).resume()
    ended.end()
    ended.end()
    ended.beat('p')
    await eventually(() => expect(left).toHaveBeenCalledTimes(2))
  })

  test('says with each event, or without any, where its client is', async () => {
    const stream = new EventStream(
      () => {},
      () => {},
    )
    stream.tell([event('change', { topic: 'members' }, 'p1')], 'p1')
    stream.tell([event('inbox', { unread: 4 })], 'p2')
    stream.tell([], 'p3')
    stream.beat('p4')
    stream.end()
    const text = (await stream.body.toArray()).join('')
    expect(text).toMatch(/^retry: \d{4}\n\n/)
    expect(text.replace(/^retry: \d+\n\n/, '')).toBe(
      'id: p1\nevent: change\ndata: {"topic":"members"}\n\n' +
        'event: inbox\ndata: {"unread":4}\n\nid: p2\n\n' +
        'id: p3\n\n' +
        ':\nid: p4\n\n',
    )
  })
})
