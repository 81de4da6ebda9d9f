import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

test('turns under one key never overlap, under two keys they do', async () => {
  const turns = new Turns()
  const order: string[] = []
  const work = (name: string) => async () => {
    order.push(`${name} in`)
    await pause()
    order.push(`${name} out`)
  }
  await Promise.all([turns.take('a', work('1')), turns.take('a', work('2')), turns.take('b', work('3'))])
  expect(order.indexOf('2 in')).toBeGreaterThan(order.indexOf('1 out'))
  expect(order.indexOf('3 in')).toBeLessThan(order.indexOf('1 out'))
})

test('a turn that fails lets the next one in', async () => {
  const turns = new Turns()
  const failing = turns.take('a', () => Promise.reject(new Error('no')))
  const next = turns.take('a', () => Promise.resolve('yes'))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})
