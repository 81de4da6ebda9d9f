import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Local, march } from '../testing/local.ts'

let house: TestHouse
let local: Local
let places: string[]
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  places = await local.assignments(8)
})
afterAll(() => house.close())

describe('a batch', () => {
  test('pays every approved week of its days, one payment for each assignment, to the cent', async () => {
    const [one = '', other = ''] = places
    const first = await local.approved(one, '2025-03-02')
    const second = await local.approved(one, '2025-03-09', { regular: '12.25' })
    const third = await local.approved(other, '2025-03-09', { regular: '8' })
    const late = await local.approved(other, '2025-04-06')
    const reply = await local.treasurer.post('/payment-batches', { ...march, program: local.program, note: 'March' })
    expect(reply.statusCode, reply.body).toBe(201)
    expect(reply.headers['location']).toContain(`/payment-batches/${reply.json().id}`)
    expect(reply.headers['etag']).toBe('"1"')
    const batch = reply.json()
    expect(batch).toMatchObject({ state: 'prepared', payments: 2, hours: '60.25', subsidy: '903.75', carried: 0 })
    expect(await local.payments(batch.id)).toMatchObject([
      { number: `${batch.number}-0001`, hours: '52.25', subsidy: '783.75', state: 'prepared' },
      { number: `${batch.number}-0002`, hours: '8.00', subsidy: '120.00', state: 'prepared' },
    ])
    for (const id of [first, second, third]) expect((await local.week(id))['payment']).toBeTruthy()
    expect((await local.week(late))['payment']).toBeNull()
    const again = await local.treasurer.post('/payment-batches', { ...march, program: local.program })
    expect(again.statusCode).toBe(409)
    expect(again.json().detail).toBe('There are no approved hours to pay in these weeks.')
    await batchesThrough(batch.id)
  })
})

/** Released by another, exported, paid one by one: books and weeks follow. */
async function batchesThrough(id: string) {
  const own = await local.treasurer.post(`/payment-batches/${id}/release`)
  expect(own.statusCode).toBe(403)
  expect(await local.balance('2000')).toBe('0.00')
  const released = await local.officer.post(`/payment-batches/${id}/release`)
  expect(released.json(), released.body).toMatchObject({ state: 'released', subsidy: '903.75' })
  expect(await local.balance('2000')).toBe('-903.75')
  // Who took the steps is told to those too who may not look people up.
  const { titles } = (await local.treasurer.get(`/payment-batches/${id}`)).json()
  expect(titles).toMatchObject({ prepared_by: 'Tess Lindgren', released_by: 'Otis Brandt' })
  expect((await local.officer.post(`/payment-batches/${id}/export`)).json()).toMatchObject({ state: 'exported' })
  const [one, other] = await local.payments(id)
  const paid = await local.treasurer.post(`/payments/${one?.['id']}/pay`, {
    qb_reference: '881',
    paid_on: '2025-04-02',
  })
  expect(paid.json(), paid.body).toMatchObject({ state: 'paid', qb_reference: '881', paid_on: '2025-04-02' })
  expect(await local.balance('2000')).toBe('-120.00')
  expect(await local.balance('1000')).toBe('-783.75')
  expect((await local.officer.get(`/payment-batches/${id}`)).json()).toMatchObject({ state: 'exported' })
  const stays = await local.treasurer.post(`/payments/${one?.['id']}/void`, { reason: 'Twice' })
  expect(stays.statusCode).toBe(409)
  const gone = await local.treasurer.post(`/payments/${other?.['id']}/void`, { reason: 'Wrong contractor' })
  expect(gone.json(), gone.body).toMatchObject({ state: 'void', reason: 'Wrong contractor' })
  expect(await local.balance('2000')).toBe('0.00')
  const batch = (await local.officer.get(`/payment-batches/${id}`)).json()
  expect(batch).toMatchObject({ state: 'paid', payments: 1, hours: '52.25', subsidy: '783.75', paid_on: '2025-04-02' })
  expect((await local.officer.get(`/programs/${local.program}`)).json()).toMatchObject({
    committed: '720.00',
    paid: '783.75',
  })
}

test('the history of a batch tells that it was exported, as it tells its other steps', async () => {
  await local.approved(places[7] ?? '', '2025-05-04')
  const may = { period_from_on: '2025-05-01', period_until_on: '2025-05-31', program: local.program }
  const { id } = (await local.treasurer.post('/payment-batches', may)).json()
  for (const act of ['release', 'export']) await local.officer.post(`/payment-batches/${id}/${act}`)
  const lines = (await local.officer.get(`/audit?filter[record]=${id}&sort=at`)).json().data as {
    act: string
    kind: string
  }[]
  expect(lines.map(({ act }) => act)).toEqual(expect.arrayContaining(['release', 'mark-as-exported']))
  expect(lines.find(({ act }) => act === 'mark-as-exported')?.kind).toBe('change')
})
