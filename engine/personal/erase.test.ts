import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { verifyHouse } from '../audit/verify-house.ts'
import { settled, upload } from '../imports/testing/upload.ts'
import { mailedAndBounced } from '../mail/testing/bounced.ts'
import { giveAccount, plantedAddress } from './testing/account.ts'
import { sumsBut, tablesWith } from './testing/everywhere.ts'

/**
 * Words that are found nowhere by chance stand in everything that is kept about one member, and in what came of it.
 * Afterwards no table of the database has one of them.
 */
const word = 'zyxwvut'
const planted = {
  card_number: `C-${word}-1`,
  last_name: `Last${word}`,
  first_name: `First${word}`,
  middle_name: `Middle${word}`,
  suffix: `S${word}`,
  preferred_name: `Pref${word}`,
  email: `member.${word}@people.example`,
  phone: '+1 555 739 1973',
  address: `1 ${word} Street`,
  birth_on: '1917-07-23',
  gender: `G${word}`,
  ssn_last_four: '7391',
  notes: `Notes ${word}`,
}
const account = `sign-in.${word}@people.example`
const looks = [word, '5557391973', '555 739 1973', '1917-07-23', plantedAddress]

let house: TestHouse
let admin: Voice
let pat: Voice
let member: string
let household: string
let user: string
let before: Record<string, string>

const one = async (sql: string, values: unknown[] = []) =>
  (await asOwner<Record<string, string>>(house, sql, values))[0] ?? {}

const bringIn = async (rows: string, name: string) => {
  const { id } = (await upload(admin, 'riverside', rows, { name, headers: { 'idempotency-key': name } })).json()
  await admin.post(`/imports/${id}/run`, undefined, { 'idempotency-key': `run ${name}`.replace(' ', '-') })
  expect(await settled(admin, `/imports/${id}`)).toMatchObject({ state: 'done' })
}

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await house.engine.startWork()
  admin = await house.as('admin@riverside.example')
  const headings = 'Last name,First name,Card number,E-mail,Notes'
  const row = [planted.last_name, planted.first_name, planted.card_number, planted.email, planted.notes].join()
  await bringIn(`${headings}\r\n${row}\r\nOther,Olive,OTHER-1,olive@people.example,\r\n`, 'roll.csv')
  await bringIn(`${headings}\r\nLee,Ann,NAME-1,,\r\nLee,Ann,NAME-2,,\r\nOliver,Bob,NAME-1,,\r\n`, 'namesakes.csv')
  // Refused, since the number is taken.
  await bringIn(`${headings}\r\n${row}\r\nOther,Otto,OTHER-2,,\r\n`, 'again.csv')
  member = (await one('select id from members.member where card_number = $1', [planted.card_number]))['id'] ?? ''
  household = (await admin.post('/households', { name: `${word} family`, address: word, notes: word })).json().id
  const reply = await admin.patch(`/members/${member}`, { ...planted, household }, { 'idempotency-key': 'change' })
  expect(reply.statusCode, reply.body).toBe(200)
  await admin.post('/units', { number: 'E1' })
  const unit = (await admin.get('/units?filter[number]=E1')).json().data[0].id
  const stay = { unit, member, from_on: '2020-01-01', until_on: '2021-01-01', notes: word }
  expect((await admin.post('/occupancies', stay, { 'idempotency-key': 'stay' })).statusCode).toBe(201)
  const entry = { title: word, code: word, body: word, whisper: word, detail: { word }, fixed: word, about: member }
  expect((await admin.post('/entries', { ...entry, cost: '12.50' })).statusCode).toBe(201)
  await plantAccount()
  await plantMail()
  await admin.post(`/members/${member}/suspend`, { reason: word }, { 'idempotency-key': 'suspend' })
  await admin.get(`/members/${member}`)
  await house.engine.watch.flush()
})
afterAll(() => house.close())

/** They sign in, were invited, have factors, and have been told no. */
async function plantAccount(): Promise<void> {
  const [role] = (await admin.get('/roles?filter[name]=member')).json().data
  const invited = { email: account, name: `Pat ${word}`, roles: [role.id], own_record: member }
  expect((await admin.post('/invitations', invited, { 'idempotency-key': 'invite' })).statusCode).toBe(201)
  user =
    (
      await one(`insert into foundation.user (email, name, password_hash) values ($1, $2, $3) returning id`, [
        account,
        `Pat ${word}`,
        word,
      ])
    )['id'] ?? ''
  await giveAccount(house, { user, member, role: role.id, email: account, word })
  pat = await house.as(account, 'riverside')
  expect((await pat.get('/members')).json().data).toHaveLength(1)
  expect((await pat.get('/audit')).statusCode).toBe(403)
  house.engine.watch.signIn()
}

/** They were mailed at both addresses, and it came back. */
async function plantMail(): Promise<void> {
  for (const email of [planted.email, account]) await mailedAndBounced(house, 'riverside', email)
  const words = { subject: word, text: word, html: word, kind: 'a.b' }
  const mail = { id: crypto.randomUUID(), org: null }
  await house.engine.post.send({ ...mail, ...words, user: null, to: { name: `Pat ${word}`, email: account } })
  await house.engine.post.settle(mail, 'bounced', '550')
}

const erase = (voice: Voice, id = member, reason = 'They asked for it') =>
  voice.post(`/members/${id}/erase`, { reason })

describe('a person', () => {
  test('takes out what is kept about them, but for what is written about them', async () => {
    const reply = await pat.get(`/members/${member}/personal-data?format=json`)
    expect(reply.statusCode, reply.body).toBe(200)
    const data = reply.json()
    const section = (name: string) => data.sections.find((one: { name: string }) => one.name === name)
    expect(section('record').rows[0]).toMatchObject({ address: planted.address, birth_on: '1917-07-23' })
    expect(section('housing.occupancy').rows).toHaveLength(1)
    expect(section('notebook.entry').rows).toHaveLength(1)
    expect(section('account').rows[0]).toMatchObject({ email: account, password: true })
    expect(section('passkeys').rows).toHaveLength(1)
    expect(section('sign_ins').rows).toContainEqual(expect.objectContaining({ address: plantedAddress }))
    expect(section('mails').rows.map(({ state }: { state: string }) => state)).toContain('bounced')
    expect(section('imports').rows).toEqual([expect.objectContaining({ file: 'roll.csv', row: 2 })])
    expect(section('history').rows.map((row: { act: string }) => row.act)).toContain('suspend')
    expect(section('looks').rows[0]).toMatchObject({ actor_name: expect.any(String) })
    expect(data.left_out.map((one: { what: string }) => one.what)).toEqual(['Notes', 'Households'])
    expect(reply.body).not.toContain(planted.notes)
    expect(data.stays.length).toBeGreaterThan(2)
  })

  test('reads it as a page, whatever stands in it', async () => {
    await admin.patch(`/members/${member}`, { gender: `<script>${word}</script>` })
    const reply = await pat.get(`/members/${member}/personal-data`)
    expect(reply.headers['content-type']).toContain('text/html')
    expect(reply.headers['content-disposition']).toContain('attachment')
    expect(reply.body).toContain(`&lt;script&gt;${word}`)
    expect(reply.body).not.toContain('<script>')
  })

  test('does not get what is kept about somebody else, nor erases anybody', async () => {
    const [other] = (await admin.get('/members?limit=1')).json().data
    expect((await pat.get(`/members/${other.id}/personal-data`)).statusCode).toBe(404)
    expect((await erase(pat)).statusCode).toBe(403)
  })
})

describe('an officer', () => {
  test('takes all of it out, which is told in the trail', async () => {
    const reply = await admin.get(`/members/${member}/personal-data?format=json`)
    expect(reply.body).toContain(planted.notes)
    expect(reply.json().left_out.map((one: { what: string }) => one.what)).toEqual([
      'Sessions',
      'What this person was told',
    ])
    await house.engine.watch.flush()
    const told = await one(
      `select actor_name from foundation.audit_entry where act = 'export' and record = $1 order by id desc limit 1`,
      [member],
    )
    expect(told['actor_name']).toMatch(/\w/)
  })

  test('is told what stands in the way of erasing, and cannot do it until then', async () => {
    const plan = (await admin.get(`/members/${member}/erasure`)).json()
    expect(plan).toMatchObject({ confirm: planted.card_number, account: 'erased', erased: false })
    expect(plan.objections).toEqual([expect.stringContaining('Record first')])
    expect((await erase(admin)).statusCode).toBe(403)
    await admin.post(`/members/${member}/withdraw`, { reason: word })
    const [unit] = (await admin.get('/units?filter[number]=E1')).json().data
    const lives = (await admin.post('/occupancies', { unit: unit.id, member, from_on: '2026-01-01' })).json()
    const refused = await erase(admin)
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining('unit E1')])
    await admin.patch(`/occupancies/${lives.id}`, { until_on: '2026-02-01' })
  })

  test('cannot erase whoever holds an office', async () => {
    const role = (
      await one(
        `select id from foundation.role r where name = 'treasurer' and org_id = (
      select org_id from members.member where id = $1)`,
        [member],
      )
    )['id']
    expect((await admin.post(`/users/${user}/grants`, { role })).statusCode).toBe(201)
    const refused = await erase(admin)
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining('Treasurer')])
    expect((await admin.delete(`/users/${user}/grants/${role}`)).statusCode).toBe(204)
  })

  test('must have proved who they are, must say why, and must be of this organization', async () => {
    expect((await admin.post(`/members/${member}/erase`, {})).statusCode).toBe(422)
    const stranger = await house.as('admin@local-200.example')
    expect((await stranger.post(`/members/${member}/erase`, { reason: 'Because' })).statusCode).toBe(404)
    const late = await house.as('officer@riverside.example')
    await asOwner(
      house,
      `update foundation.session set proved_at = now() - interval '1 hour'
      where user_id = (select id from foundation.user where email = 'officer@riverside.example')`,
    )
    expect((await erase(late)).json().code).toBe('proof_needed')
    expect(await tablesWith(house, looks)).toContain('members.member')
  })
})

describe('when somebody is erased', () => {
  beforeAll(async () => {
    before = await sumsBut(house, [member, household])
    const reply = await erase(admin)
    expect([reply.statusCode, reply.json()]).toEqual([200, { id: member, account: 'erased' }])
    await house.engine.watch.flush()
  })

  test('no table of the database knows anything of them', async () => {
    expect(await tablesWith(house, looks)).toEqual([])
  })

  test('what must stay countable stays, with nobody in it', async () => {
    const row = (await admin.get(`/members/${member}`)).json()
    const code = member.slice(-8).toUpperCase()
    expect(row).toMatchObject({ last_name: 'Erased member', first_name: code, card_number: `erased-${code}` })
    expect(row).toMatchObject({ state: 'withdrawn', archived_at: expect.any(String), email: null, household: null })
    const stays = (await admin.get(`/occupancies?filter[member]=${member}`)).json().data
    expect(stays.map((stay: { from_on: string }) => stay.from_on).toSorted()).toEqual(['2020-01-01', '2026-01-01'])
    expect((await admin.get(`/entries?filter[about]=${member}`)).json().data[0]).toMatchObject({ cost: '12.50' })
    expect((await admin.get(`/members?q=${word}`)).json().data).toEqual([])
  })

  test('nothing of anybody else is another', async () => {
    expect(await sumsBut(house, [member, household])).toEqual(before)
    const [chunk] = await asOwner<{ rows: unknown[][] }>(
      house,
      `select c.rows from foundation.import_chunk c join foundation.import i on i.id = c.import_id
      where i.file_name = 'roll.csv'`,
    )
    expect(chunk?.rows.map((row) => row.length)).toEqual([1, 6])
  })

  test('the trail is whole, and says who did it, when and why', async () => {
    const { orgs, machinery } = await verifyHouse(house, 'riverside', [])
    expect(machinery).toEqual([])
    expect(orgs[0]).toMatchObject({ findings: [], erasures: [{ because: 'They asked for it' }] })
    const [line] = (await admin.get(`/members/${member}/history?limit=1`)).json().data
    expect(line).toMatchObject({ act: 'erase', actor_name: expect.stringMatching(/\w/) })
  })

  test('they are signed out everywhere, and cannot sign in', async () => {
    expect((await pat.get('/members')).statusCode).toBe(401)
    const kept = await one('select name, email, disabled_at from foundation.user where id = $1', [user])
    expect(kept).toMatchObject({ name: 'Erased person', email: `erased-${user}@erased.invalid` })
  })

  test('a namesake keeps what is theirs, and so does whose name only has it inside', async () => {
    const { id } = await one("select id from members.member where card_number = 'NAME-1'")
    await admin.patch(`/members/${id}`, { last_name: 'Li', first_name: 'Bo' })
    await admin.post(`/members/${id}/withdraw`, { reason: 'Left' })
    expect((await erase(admin, id)).json()).toEqual({ id, account: 'none' })
    const [chunk] = await asOwner<{ rows: unknown[][]; refused: string[] }>(
      house,
      `select c.rows, (select cells from foundation.import_refusal f where f.import_id = i.id) as refused
      from foundation.import_chunk c join foundation.import i on i.id = c.import_id 
      where i.file_name = 'namesakes.csv'`,
    )
    expect(chunk?.rows).toEqual([[2], [3, 'Lee', 'Ann', 'NAME-2', '', ''], [4, 'Oliver', 'Bob', 'NAME-1', '', '']])
    expect(chunk?.refused).toEqual(['Oliver', 'Bob', 'NAME-1', '', ''])
  })

  test("somebody else's letter stays, though the organization had written down their address", async () => {
    const address = 'staff@local-100.example'
    const { id } = await one("select id from members.member where card_number = 'NAME-2'")
    await admin.patch(`/members/${id}`, { email: address })
    await admin.post(`/members/${id}/withdraw`, { reason: 'Left' })
    await one(
      `insert into foundation.local_mail (recipient, subject, plain, html) values ($1, 'A new password', '', '')`,
      [address],
    )
    await house.engine.jobs.send('sign-in.reset-link-mailed', { email: address }, { startAfter: '2099-01-01' })
    expect((await erase(admin, id)).json()).toEqual({ id, account: 'none' })
    const waiting = await one("select count(*) as n from queue.job where data ->> 'email' = $1", [address])
    const letters = await one('select count(*) as n from foundation.local_mail where recipient = $1 and plain = $2', [
      address,
      '',
    ])
    expect([waiting['n'], letters['n']].map(Number)).toEqual([1, 1])
  })

  test('doing it again does nothing', async () => {
    const count = async () => (await one('select count(*) as n from foundation.audit_entry'))['n']
    const was = await count()
    expect((await erase(admin)).statusCode).toBe(200)
    expect(await count()).toBe(was)
    expect((await admin.get(`/members/${member}/erasure`)).json().erased).toBe(true)
  })
})
