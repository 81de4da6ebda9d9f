import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Receiver } from '../webhooks/testing/receiver.ts'
import { Cabinet } from './testing/cabinet.ts'

let house: TestHouse
let cabinet: Cabinet
let admin: Voice
let staff: Voice
/** May read members, the trail and webhooks, and no files. */
let treasurer: Voice
let member: Voice
let own: string
const receiver = new Receiver()

beforeAll(async () => {
  await receiver.listen()
  house = await openHouse({ modules: [notebook] })
  cabinet = new Cabinet(house)
  const rights = ['foundation.audit_line.read', 'foundation.webhook.read', 'foundation.webhook.create']
  await asOwner(house, `update foundation.role set changes = changes || $1 where name = 'treasurer'`, [
    Object.fromEntries(rights.map((right) => [right, true])),
  ])
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
  treasurer = await house.as(cast.treasurer)
  member = await house.as(cast.member)
  const [row] = await asOwner<{ id: string }>(
    house,
    `select b.member_id as id from foundation.membership b join foundation.user u on u.id = b.user_id
    where u.email = $1`,
    [cast.member],
  )
  own = row?.id ?? ''
})
afterAll(async () => {
  await house.close()
  await receiver.close()
})

interface Line {
  readonly act: string
  readonly actor_name: string
  readonly changes: Record<string, readonly [{ name: string } | null, { name: string } | null]>
}

const linesOf = async (voice: Voice, path: string) => (await voice.get(path)).json().data as Line[]
const historyOf = (voice: Voice, id = own) => linesOf(voice, `/members/${id}/history?limit=200`)
const auditOf = (voice: Voice, id = own) => linesOf(voice, `/audit?filter[record]=${id}&limit=200`)

/** All that can become of a file. Each name tells that it was not to be read. */
async function life(at: string): Promise<string> {
  const id = await cabinet.attach(staff, at, {
    name: 'canary-first.txt',
    caption: 'canary caption',
    tags: 'canary tag',
  })
  await staff.patch(`/files/${id}`, { name: 'canary-renamed.txt' })
  await cabinet.uploaded(staff, { file: id }, { name: 'canary-again.txt' })
  await staff.delete(`/files/${id}`)
  await staff.post(`/files/${id}/restore`)
  await cabinet.upload(staff, { file: id }, { name: 'canary-virus.txt' })
  await cabinet.judge('held')
  return id
}

const acts = ['file-held', 'replace', 'put-back', 'detach', 'replace', 'change-file', 'attach']

describe('what becomes of a file', () => {
  beforeAll(() => life(`/members/${own}`))

  test('is told in the history and the trail of its record, act by act, with the name before and after', async () => {
    for (const read of [historyOf, auditOf]) {
      const lines = (await read(admin)).slice(0, acts.length)
      expect(lines.map(({ act }) => act)).toEqual(acts)
      expect(lines.at(-1)).toMatchObject({
        actor_name: 'Sam Whitaker',
        changes: {
          attached_file: [null, { name: 'canary-first.txt', caption: 'canary caption', tags: ['canary tag'] }],
        },
      })
      expect(lines.at(-2)?.changes['attached_file']?.map((one) => one?.name)).toEqual([
        'canary-first.txt',
        'canary-renamed.txt',
      ])
      expect(lines[3]?.changes['attached_file']).toEqual([
        expect.objectContaining({ name: 'canary-renamed.txt' }),
        null,
      ])
      expect(lines[0]?.changes['attached_file']?.[1]).toMatchObject({ reason: 'infected' })
    }
    expect((await admin.get(`/audit/export?filter[record]=${own}`)).body).toContain(
      'Attached file: – → canary-first.txt',
    )
  })

  test('is told to members of their own files', async () => {
    const [line] = (await historyOf(member)).filter(({ act }) => act === 'change-file')
    expect(line?.changes['attached_file']?.[1]).toMatchObject({ name: 'canary-renamed.txt' })
  })

  test('is told without any name to those who may read the record, and not its files', async () => {
    for (const read of [historyOf, auditOf]) {
      const lines = await read(treasurer)
      expect(lines.map(({ act }) => act)).toEqual(expect.arrayContaining(acts))
      expect(JSON.stringify(lines)).not.toContain('canary')
    }
    expect((await treasurer.get('/audit/export')).body).not.toContain('canary')
  })
})

test('those who listen to a record hear of its files, and none who may not read them', async () => {
  const nextOf = async (voice: Voice) => (await voice.get(`/live?topics=members/${own}&wait=0`)).json().next as string
  const [first, second] = [await nextOf(staff), await nextOf(treasurer)]
  const id = await cabinet.attach(staff, `/members/${own}`)
  await staff.delete(`/files/${id}`)
  const heard = async (voice: Voice, after: string) =>
    (await voice.get(`/live?topics=members/${own}&wait=0&after=${after}`)).json().events as { act?: string }[]
  await eventually(async () => expect(JSON.stringify(await heard(staff, first))).toContain('"detach"'))
  expect(await heard(treasurer, second)).toEqual([])
})

describe('what becomes of a file in a field', () => {
  test('is told by the change of the record, and under the name of the field', async () => {
    const file = await cabinet.uploaded(staff, { resource: 'entries', field: 'photo' })
    const { id } = (await staff.post('/entries', { title: 'Page', photo: file })).json()
    await cabinet.uploaded(staff, { file }, { name: 'better.png' })
    const lines = await linesOf(staff, `/entries/${id}/history`)
    expect(lines.map(({ act }) => act)).toEqual(['replace', 'create'])
    expect(lines[0]?.changes['photo']?.map((one) => one?.name)).toEqual(['photo.png', 'photo.png'])
    expect(lines[1]).toMatchObject({ changes: { photo: [null, file] }, titles: { [file]: 'photo.png' } })
  })
})

test('other programs are told of files of records, by id alone, if their owner may read them', async () => {
  await house.engine.startWork()
  const events = ['attached', 'replaced', 'detached'].map((act) => `members.member.file-${act}`)
  for (const [voice, path] of [
    [staff, '/none'],
    [treasurer, '/treasurer'],
    [admin, '/admin'],
  ] as const) {
    const made = await voice.post('/webhooks', {
      name: path,
      url: receiver.url(path),
      events: [...events, 'members.member.updated'],
    })
    expect(made.statusCode, made.body).toBe(path === '/none' ? 403 : 201)
  }
  const { data } = (await admin.get('/webhook-events')).json() as { data: { type: string; label: string }[] }
  expect(data.filter(({ type }) => events.includes(type)).map(({ label }) => label)).toEqual([
    'Member: file attached',
    'Member: new version of a file',
    'Member: file deleted',
  ])
  const id = await life(`/members/${own}`)
  await staff.patch(`/members/${own}`, { phone: '555 0199' })
  const told = (path: string) => receiver.received.filter((one) => one.path === path)
  await eventually(() => {
    expect(told('/admin')).toHaveLength(5)
    expect(told('/treasurer')).toHaveLength(1)
  })
  expect(told('/admin').map(({ body }) => body.type)).toEqual([
    events[0],
    events[1],
    events[2],
    events[1],
    'members.member.updated',
  ])
  expect(told('/admin')[0]?.body.data).toMatchObject({ id: own, fields: { file: id } })
  expect(told('/treasurer')[0]?.body.type).toBe('members.member.updated')
  expect(JSON.stringify(receiver.received.map(({ text }) => text))).not.toContain('canary')
})
