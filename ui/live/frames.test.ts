import { expect, test } from 'vitest'
import { Frames } from './frames.ts'

const change = { topic: 'members', id: 'm1', act: 'update', version: 3 }

test('events come out whole, in whatever pieces they arrive', () => {
  const frames = new Frames()
  const first = `: hello\n\nid: 7\nevent: change\ndata: ${JSON.stringify(change)}\n\n`
  const text = `${first}event: inbox\ndata: {"unread":4}\n\n`
  const events = text.split('').flatMap((letter) => frames.read(letter))
  expect(events).toEqual([
    { event: 'change', data: change },
    { event: 'inbox', data: { unread: 4 } },
  ])
  expect(frames.position).toBe('7')
})

test('a position may come alone, and a comment says nothing', () => {
  const frames = new Frames('3')
  expect(frames.read(': still here\n\n')).toEqual([])
  expect(frames.position).toBe('3')
  expect(frames.read('id: 9\n\n')).toEqual([])
  expect(frames.position).toBe('9')
})

test('what is not complete waits for the rest', () => {
  const frames = new Frames()
  expect(frames.read('event: reset\ndata: {')).toEqual([])
  expect(frames.read('}\n\n')).toEqual([{ event: 'reset', data: {} }])
})
