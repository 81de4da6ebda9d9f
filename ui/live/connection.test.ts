import { expect, onTestFinished, test } from 'vitest'
import { Problem, type Query } from '../wire/http.ts'
import { Connection } from './connection.ts'
import type { LiveEvent } from './frames.ts'

type Answer = (query: Query, signal: AbortSignal) => Promise<Response>

/** What a line hears, and what it asks, when the server answers so. It has patience, unless a test says otherwise. */
function listen(...answers: readonly Answer[]) {
  return listenFor(60_000, ...answers)
}

function listenFor(firstWord: number, ...answers: readonly Answer[]) {
  const asked: Query[] = []
  const events: LiveEvent[] = []
  const states: boolean[] = []
  const line = new Connection({
    open(query, signal) {
      const answer = answers[Math.min(asked.length, answers.length - 1)]
      asked.push(query)
      return answer ? answer(query, signal) : Promise.reject(new Error('Nobody answers.'))
    },
    onEvents: (heard) => events.push(...heard),
    onState: (isLive) => states.push(isLive),
    patience: { firstWord, silence: 60_000, settle: 5 },
  })
  onTestFinished(() => line.close())
  return { line, asked, events, states }
}

/** Says so much, and then stays open until it is let go. */
const streams =
  (text: string): Answer =>
  (_query, signal) =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          start(stream) {
            if (text) stream.enqueue(new TextEncoder().encode(text))
            signal.addEventListener('abort', () => stream.error(new DOMException('let go', 'AbortError')))
          },
        }),
      ),
    )
const ends =
  (text: string): Answer =>
  () =>
    Promise.resolve(new Response(text))
const refuses =
  (status: number): Answer =>
  () =>
    Promise.reject(new Problem(status, 'refused', 'No.'))

const change = { topic: 'members', id: 'm1', act: 'update', version: 2 }
const frame = `id: 5\nevent: change\ndata: ${JSON.stringify(change)}\n\n`

test('what the server tells of arrives', async () => {
  const { line, asked, events, states } = listen(streams(frame))
  line.want(['members', 'inbox'])
  await expect.poll(() => events).toEqual([{ event: 'change', data: change }])
  expect(asked).toEqual([{ topics: 'members,inbox', after: '' }])
  expect(states).toEqual([true])
})

test('another page asks anew, from where it was', async () => {
  const { line, asked, events } = listen(streams(frame))
  line.want(['members'])
  await expect.poll(() => events).toHaveLength(1)
  line.want(['units'])
  await expect.poll(() => asked.at(-1)).toEqual({ topics: 'units', after: '5' })
})

test('a page that shows less asks nothing', async () => {
  const { line, asked, events } = listen(streams(frame))
  line.want(['members', 'units'])
  await expect.poll(() => events).toHaveLength(1)
  line.want(['units'])
  await new Promise((wake) => setTimeout(wake, 30))
  expect(asked).toHaveLength(1)
})

test('where streams are held back it asks one question after the other', async () => {
  const poll = ends(JSON.stringify({ events: [{ event: 'change', data: change }], next: '8' }))
  const { line, asked, events } = listenFor(60, streams(''), poll, streams(''))
  line.want(['members'])
  await expect.poll(() => events).toEqual([{ event: 'change', data: change }])
  expect(asked[1]).toEqual({ topics: 'members', after: '', wait: 0 })
  await expect.poll(() => asked[2]).toEqual({ topics: 'members', after: '8', wait: 25 })
})

test('a line that breaks is opened again from its last position', async () => {
  const { line, asked } = listen(ends(frame), streams(''))
  line.want(['members'])
  await expect.poll(() => asked[1]).toEqual({ topics: 'members', after: '5' })
})

test('whoever is signed out asks no more', async () => {
  const { line, asked } = listen(refuses(401))
  line.want(['members'])
  await expect.poll(() => asked).toHaveLength(1)
  await new Promise((wake) => setTimeout(wake, 50))
  line.hurry()
  expect(asked).toHaveLength(1)
})

test('one topic that is refused does not silence the inbox', async () => {
  const { line, asked } = listen(refuses(403), streams(frame))
  line.want(['inbox', 'secrets'])
  await expect.poll(() => asked[1]).toEqual({ topics: 'inbox', after: '' })
})

test('a server that is away is asked again, and the page knows', async () => {
  const { line, states } = listen(refuses(0), streams(frame))
  line.want(['members'])
  await expect.poll(() => states).toEqual([false])
  line.hurry()
  await expect.poll(() => states).toEqual([false, true])
})
