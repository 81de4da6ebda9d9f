import { expect, onTestFinished, test } from 'vitest'
import type { LiveEvent } from './frames.ts'
import { Tabs } from './tabs.ts'

const change: LiveEvent = { event: 'change', data: { topic: 'members', id: 'm1', act: 'update', version: 2 } }

let count = 0

/** Some tabs of one browser, and the lines that they have opened to the server. */
function browser() {
  const name = `browser ${count++}`
  const lines: { by: string; topics: readonly string[]; isOpen: boolean; say: (event: LiveEvent) => void }[] = []
  const opened: Tabs[] = []
  const tab = (by: string) => {
    const events: LiveEvent[] = []
    const tabs = new Tabs(name, {
      connect({ onEvents, onState }) {
        const line = { by, topics: [] as readonly string[], isOpen: true, say: (one: LiveEvent) => onEvents([one]) }
        lines.push(line)
        onState(true)
        return { want: (topics) => (line.topics = topics), hurry() {}, close: () => (line.isOpen = false) }
      },
      onEvents: (heard) => events.push(...heard),
      onState() {},
      subjectOf: ({ event }) => (event === 'inbox' ? event : undefined),
    })
    opened.push(tabs)
    return { events, want: (...topics: string[]) => tabs.want(topics), close: () => tabs.close() }
  }
  onTestFinished(() => opened.forEach((one) => one.close()))
  return { tab, open: () => lines.filter(({ isOpen }) => isOpen) }
}

test('all tabs share one line, which hears what any of them shows', async () => {
  const { tab, open } = browser()
  const [first, second] = [tab('first'), tab('second')]
  first.want('members')
  second.want('units')
  await expect.poll(() => open().map(({ topics }) => [...topics].toSorted())).toEqual([['members', 'units']])
  open()[0]?.say(change)
  await expect.poll(() => [first.events, second.events]).toEqual([[change], [change]])
})

test('when the tab with the line goes, another takes over', async () => {
  const { tab, open } = browser()
  const first = tab('first')
  first.want('members')
  await expect.poll(() => open().map(({ by }) => by)).toEqual(['first'])
  const second = tab('second')
  second.want('units')
  first.close()
  await expect.poll(() => open().map(({ by, topics }) => [by, topics])).toEqual([['second', ['units']]])
})

test('what a closed tab wanted is not heard any more', async () => {
  const { tab, open } = browser()
  const [first, second] = [tab('first'), tab('second')]
  first.want('members')
  second.want('units')
  await expect.poll(() => open()[0]?.topics).toHaveLength(2)
  second.close()
  await expect.poll(() => open()[0]?.topics).toEqual(['members'])
})

test('a tab that comes later is told how things stand', async () => {
  const { tab, open } = browser()
  const first = tab('first')
  first.want('inbox')
  await expect.poll(() => open()[0]?.topics).toEqual(['inbox'])
  const stands = [3, 4].map((unread) => ({ event: 'inbox', data: { unread } }))
  for (const one of [change, ...stands]) open()[0]?.say(one)
  const second = tab('second')
  second.want('inbox')
  await expect.poll(() => second.events).toEqual([stands[1]])
})
