import { expect, test } from 'vitest'
import { Gate, refuseBusy } from './gate.ts'

const how = { sendAway: () => refuseBusy('busy') }

const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

test('never more than two are inside, and all get through', async () => {
  const gate = new Gate(2, 100, how)
  let inside = 0
  let most = 0
  const done = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      gate.pass(async () => {
        most = Math.max(most, ++inside)
        await pause()
        inside--
        return index
      }),
    ),
  )
  expect(most).toBe(2)
  expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

test('a failure gives the place to the next', async () => {
  const gate = new Gate(1, 10, how)
  const failing = gate.pass(() => Promise.reject(new Error('no')))
  const next = gate.pass(() => Promise.resolve('yes'))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

test('when too many wait, the next is sent away at once', async () => {
  const gate = new Gate(1, 1, how)
  const first = gate.pass(pause)
  const second = gate.pass(pause)
  await expect(gate.pass(pause)).rejects.toMatchObject({
    code: 'unavailable',
    status: 503,
    headers: { 'retry-after': '5' },
  })
  await Promise.all([first, second])
})

test('whoever has waited long enough is sent away, and the place goes to the next', async () => {
  const gate = new Gate(1, 5, { ...how, patience: 20 })
  let leave = () => {}
  const first = gate.pass(() => new Promise<void>((resolve) => (leave = resolve)))
  await expect(gate.pass(pause)).rejects.toMatchObject({ status: 503, message: 'busy' })
  const third = gate.pass(() => Promise.resolve('in'))
  leave()
  expect(await third).toBe('in')
  await first
})
