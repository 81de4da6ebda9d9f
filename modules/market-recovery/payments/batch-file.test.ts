import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Local, made } from '../testing/local.ts'

let house: TestHouse
let local: Local
let batch: Record<string, string>
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  const [one = '', other = ''] = await local.assignments(2)
  await local.approved(one, '2025-03-09')
  await local.approved(other, '2025-03-09', { regular: '12.25' })
  await local.staff.patch(`/contractors/${local.contractor}`, { quickbooks_name: 'Bayline "Electric": Inc' })
  batch = await local.batch()
})
afterAll(() => house.close())

const file = () => local.treasurer.get(`/payment-batches/${batch['id']}/iif`)

test('before it is released there is no file, and the sentence says why', async () => {
  const reply = await file()
  expect([reply.statusCode, reply.json().detail]).toEqual([
    409,
    'This batch is not released yet, so nothing of it is to be paid.',
  ])
})

test('a bill for each payment, whose block adds up to zero, byte for byte the same whenever it is taken', async () => {
  await done(local.officer, `/payment-batches/${batch['id']}/release`)
  const first = await file()
  expect(first.headers['content-disposition']).toBe(`attachment; filename="local-100-${batch['number']}.iif"`)
  const lines = first.body.split('\r\n')
  expect(lines).toContain('VEND\tBayline Electric - Inc')
  const blocks = first.body.split('ENDTRNS\r\n').filter((block) => /^(TRNS|SPL)\t/m.test(block))
  expect(blocks).toHaveLength(2)
  for (const block of blocks) {
    const amounts = [...block.matchAll(/^(?:TRNS|SPL)\t(?:[^\t]*\t){4}(-?[\d.]+)\t/gm)].map(([, amount]) => amount)
    expect(amounts[0]).toBe(`-${amounts[1]}`)
  }
  expect(first.body).toContain(`\tSubsidies Payable\tBayline Electric - Inc\t-600.00\t${batch['number']}-0001\t`)
  await done(local.officer, `/payment-batches/${batch['id']}/export`)
  expect((await file()).body).toBe(first.body)
  await done(local.treasurer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-02' })
  expect((await file()).body).toBe(first.body)
  expect((await local.officer.get(`/payment-batches/${batch['id']}`)).json()).toMatchObject({ state: 'paid' })
})

test('to those who may not take it, and of a batch that is not there, nothing is told', async () => {
  expect((await local.staff.get(`/payment-batches/${batch['id']}/iif`)).statusCode).toBe(403)
  const nowhere = await local.treasurer.get(`/payment-batches/${crypto.randomUUID()}/iif`)
  expect(nowhere.statusCode).toBe(404)
})

test('two contractors whom QuickBooks would take for one have no file until they differ', async () => {
  const name = (end: string) => `Harbor Heights Electrical Contracting Company ${end}`
  const [one = '', other = ''] = await local.assignments(2)
  const north = await made(local.staff, '/contractors', { name: name('North') })
  await local.staff.patch(`/contractors/${local.contractor}`, { quickbooks_name: null, name: name('South') })
  const { member, classification } = (await local.staff.get(`/assignments/${one}`)).json()
  const place = { member, classification, contractor: north['id'], program: local.program }
  const there = await made(local.staff, '/assignments', { ...place, contractor_rate: '35', from_on: '2025-01-01' })
  for (const id of [there['id'] ?? '', other]) await local.approved(id, '2025-03-16')
  const { id } = await local.batch()
  await done(local.officer, `/payment-batches/${id}/release`)
  const refused = await local.treasurer.get(`/payment-batches/${id}/iif`)
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringMatching(/would take Harbor.* North and Harbor.* South for one vendor/),
  ])
  await local.staff.patch(`/contractors/${north['id']}`, { quickbooks_name: 'Harbor Heights North' })
  expect((await local.treasurer.get(`/payment-batches/${id}/iif`)).body).toContain('VEND\tHarbor Heights North\r\n')
})
