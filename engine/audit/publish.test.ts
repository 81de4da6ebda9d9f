import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import type { Outgoing } from '../mail/post.ts'
import { readHeads } from './heads.ts'
import { mailHead, publishHead } from './publish.ts'
import { auditedOrgs } from './seal.ts'
import { verifyHouse } from './verify-house.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'commonhall-heads-'))
let house: TestHouse
let admin: Voice
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook], settings: { dataDir } })
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
})
afterAll(async () => {
  await house.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const publish = async () => {
  const org = (await auditedOrgs(house.engine)).find(({ slug }) => slug === 'local-100')
  return await publishHead(house.engine, org!)
}
const queued = () =>
  asOwner<{ data: { org: string; head: never; to: string } }>(
    house,
    "select data from queue.job where name = 'audit.mail-head' order by data ->> 'to'",
  )

test('a head is published once, to the file, to the members and, by mail, to the witnesses', async () => {
  await admin.post('/audit/witnesses', {
    emails: ['Notary@law.example', 'auditor@union.example', 'notary@law.example'],
  })
  expect((await admin.get('/audit/witnesses')).json()).toEqual({
    emails: ['notary@law.example', 'auditor@union.example'],
  })
  const published = await publish()
  expect(await publish()).toBeUndefined()
  const member = await house.as(cast.member)
  const { data, covered } = (await member.get('/audit/heads')).json()
  expect(data).toEqual([published])
  expect(Math.abs(Date.parse(covered) - Date.parse(published?.published_at ?? ''))).toBeLessThan(60_000)
  expect(readHeads(readFileSync(join(dataDir, 'audit-heads/local-100.txt'), 'utf8'), 'file')).toEqual([
    { n: published?.n, hash: published?.hash, source: 'file', org: (await house.caller()).org.id },
  ])
  const letters: Outgoing[] = []
  const post = { send: async (mail: Outgoing) => (letters.push(mail), 'sent' as const) }
  const job = mailHead({ post, settings: house.engine.settings })
  for (const { data: payload } of await queued())
    await job.run(payload, { id: crypto.randomUUID(), failures: 0, last: false })
  expect(letters.map(({ to }) => to.email)).toEqual(['auditor@union.example', 'notary@law.example'])
  for (const { text } of letters)
    expect(readHeads(text, 'mail')[0]).toMatchObject({ n: published?.n, hash: published?.hash })
})

test('when something has happened since, the next one is published, and both fit the trail', async () => {
  await staff.post('/entries', { title: 'news' })
  const published = await publish()
  const { data } = (await admin.get('/audit/heads')).json()
  expect(data.map(({ n }: { n: number }) => n)).toEqual([published?.n, expect.any(Number)])
  expect((await verifyHouse(house, 'local-100', [])).orgs[0]).toMatchObject({ findings: [], heads: 4 })
})

test('witnesses are named by admins who have just proven themselves, with addresses that are some', async () => {
  expect((await staff.get('/audit/witnesses')).statusCode).toBe(403)
  expect((await staff.post('/audit/witnesses', { emails: [] })).statusCode).toBe(403)
  for (const body of [
    {},
    [],
    { emails: 'a@b.example' },
    { emails: [], more: 1 },
    { emails: Array(21).fill('a@b.example') },
  ])
    expect((await admin.post('/audit/witnesses', body)).statusCode).toBe(422)
  const wrong = await admin.post('/audit/witnesses', { emails: ['a@b.example', 'nobody'] })
  expect([wrong.statusCode, wrong.json().errors]).toMatchObject([422, [{ path: 'emails.1', code: 'not_email' }]])
  await asOwner(house, "update foundation.session set proved_at = now() - interval '1 hour'")
  const late = await admin.post('/audit/witnesses', { emails: [] })
  expect([late.statusCode, late.json().code]).toEqual([403, 'proof_needed'])
})

test('who is named leaves a line in the trail', async () => {
  const [line] = (await admin.get('/audit?filter[resource]=foundation.org&sort=-at&limit=1')).json().data
  expect(line).toMatchObject({
    actor_name: 'Ada Okafor',
    changes: { audit_witnesses: [[], ['notary@law.example', 'auditor@union.example']] },
  })
})
