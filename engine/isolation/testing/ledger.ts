import type { LightMyRequestResponse } from 'fastify'
import type { TestHouse } from '@commonhall/engine/testing'

const stamps = {
  posted_on: '2026-03-14',
  memo: 'Stamps',
  payee: 'Post office',
  lines: [
    { account: '5000', amount: '12.50' },
    { account: '1000', amount: '-12.50' },
  ],
}

/** An entry in Riverside's books, as its treasurer posts it by hand; the accounts come with it. */
export async function fillLedger(house: TestHouse): Promise<void> {
  const treasurer = await house.as('treasurer@riverside.example')
  await treasurer.post('/journal-entries', stamps)
}

const org = '/api/v1/orgs/{slug}'

/** What the books answer to those who keep them, by the operation that was asked. */
export async function askOfLedger(house: TestHouse): Promise<(readonly [string, LightMyRequestResponse])[]> {
  const treasurer = await house.as('treasurer@riverside.example')
  const posted = await treasurer.post('/journal-entries', stamps)
  const path = `/journal-entries/${posted.json().id}/reverse`
  const reverse = `POST ${org}/journal-entries/{id}/reverse`
  const file = `GET ${org}/ledger/export`
  return [
    [`POST ${org}/journal-entries`, posted],
    [`POST ${org}/journal-entries`, await treasurer.post('/journal-entries', { ...stamps, lines: [] })],
    [reverse, await treasurer.post(path, {})],
    [reverse, await treasurer.post(path, { reason: 'Twice' })],
    [reverse, await treasurer.post(path, { reason: 'Twice' })],
    [`POST ${org}/ledger-accounts/add-usual`, await treasurer.post('/ledger-accounts/add-usual')],
    [file, await treasurer.get('/ledger/export?format=hledger')],
    [file, await treasurer.get('/ledger/export?format=pdf')],
  ]
}
