import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Cabinet } from './testing/cabinet.ts'

let house: TestHouse
let cabinet: Cabinet
let admin: Voice
let staff: Voice
let treasurer: Voice
let member: Voice
let organizer: Voice
/** The member of the cast, and somebody else. */
let own: string
let other: string

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  cabinet = new Cabinet(house)
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
  treasurer = await house.as(cast.treasurer)
  member = await house.as(cast.member)
  organizer = await house.as(cast.organizer)
  const people = await asOwner<{ id: string }>(
    house,
    `select m.id from members.member m join foundation.org o on o.id = m.org_id and o.slug = 'local-100'
    order by exists (select from foundation.membership b join foundation.user u on u.id = b.user_id
      where b.member_id = m.id and u.email = $1) desc, m.card_number limit 2`,
    [cast.member],
  )
  ;[own, other] = people.map(({ id }) => id) as [string, string]
})
afterAll(() => house.close())

const filesOf = async (voice: Voice, record: string, more = '') =>
  (await voice.get(`/files?filter[resource]=members.member&filter[record]=${record}${more}`)).json().data as {
    id: string
    name: string
  }[]
const entry = async (title = 'Page') => (await staff.post('/entries', { title })).json().id as string

describe('a file is seen', () => {
  let theirs: string
  let mine: string
  beforeAll(async () => {
    theirs = await cabinet.attach(staff, `/members/${other}`, { name: 'grievance.txt' })
    mine = await cabinet.attach(staff, `/members/${own}`, { name: 'certificate.txt' })
  })

  test('by whoever may read the files of its record, with a page of what it is', async () => {
    const [row] = await filesOf(staff, other)
    expect(row).toMatchObject({
      id: theirs,
      name: 'grievance.txt',
      resource: 'members.member',
      record: other,
      field: null,
      state: 'ready',
      because: null,
      previews: { thumbnail: false, view: false, pages: 0, text: false },
      can: { update: true, replace: true, archive: true },
      titles: { record: expect.stringContaining(', ') },
    })
  })

  test('by members among their own alone', async () => {
    const list = (await member.get('/files?count=exact')).json()
    expect(list.data.map(({ id }: { id: string }) => id)).toEqual([mine])
    expect(list.total).toBe(1)
    expect((await member.get(`/files/${mine}`)).json().can.update).toMatch(/role/)
    expect((await member.get(`/files/${theirs}`)).statusCode).toBe(404)
    expect((await member.get(`/files/${theirs}/versions`)).statusCode).toBe(404)
    expect((await member.get('/files?q=grievance')).json().data).toEqual([])
    expect((await member.get('/files/export')).body).not.toContain('grievance')
  })

  test('by nobody who may read the record, and not its files', async () => {
    expect((await treasurer.get(`/members/${other}`)).statusCode).toBe(200)
    expect(await filesOf(treasurer, other)).toEqual([])
    expect((await treasurer.get(`/files/${theirs}`)).statusCode).toBe(404)
    expect((await organizer.get('/files?filter[archived]=any')).json().data).toEqual([])
  })

  test('by nobody of another organization', async () => {
    const stranger = await house.as(cast.stranger)
    expect((await stranger.get(`/files/${theirs}`)).statusCode).toBe(404)
    expect(await filesOf(stranger, other)).toEqual([])
  })

  test('by nobody where its module is switched off', async () => {
    const page = await entry()
    const id = await cabinet.attach(staff, `/entries/${page}`)
    expect((await staff.get(`/files/${id}`)).statusCode).toBe(200)
    const turn = (sql: string) => asOwner(house, `update foundation.org set modules = ${sql} where slug = 'local-100'`)
    await turn(`array_remove(modules, 'notebook')`)
    expect((await staff.get(`/files/${id}`)).statusCode).toBe(404)
    await turn(`modules || '{notebook}'`)
    expect((await staff.get(`/files/${id}`)).statusCode).toBe(200)
  })

  test('is found by its tags, its name and its caption', async () => {
    const id = await cabinet.attach(staff, `/members/${other}`, {
      name: 'lease.txt',
      caption: 'Signed by both',
      tags: 'housing, 2026',
    })
    expect((await filesOf(staff, other, '&filter[tags]=housing')).map((one) => one.id)).toEqual([id])
    expect((await filesOf(staff, other, '&filter[tags]=nothing&filter[tags]=2026')).map((one) => one.id)).toEqual([id])
    expect(await filesOf(staff, other, '&filter[tags]=hous')).toEqual([])
    expect((await staff.get('/files?q=signed both')).json().data.map((one: { id: string }) => one.id)).toEqual([id])
    expect((await staff.get('/files/export?filter[tags]=housing')).body).toContain('housing, 2026')
  })

  test('by reading the files of one record through an index, whoever asks', async () => {
    await asOwner(
      house,
      `insert into foundation.file (org_id, resource, record, name, size, media_type, sha256, uploaded_by_name)
      select f.org_id, f.resource, uuidv7(), 'x.txt', 1, f.media_type, f.sha256, 'x'
      from (select * from foundation.file limit 1) f, generate_series(1, 4000)`,
    )
    await asOwner(house, 'analyze foundation.file')
    const { database } = house.engine
    const plans: string[] = []
    const read = database.read.bind(database)
    database.read = (async (access: never, { text, values }: { text: string; values: unknown[] }) => {
      if (text.includes('from foundation.file t')) {
        const rows = await read(access, { text: `explain ${text}`, values })
        plans.push(rows.map((row) => String(row['QUERY PLAN'])).join('\n'))
      }
      return await read(access, { text, values })
    }) as never
    expect((await filesOf(member, own)).length).toBe(1)
    expect((await filesOf(staff, own)).length).toBe(1)
    database.read = read
    expect(plans).toHaveLength(2)
    for (const plan of plans) expect(plan).toMatch(/Index.* (?:using|on) file_record/)
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan/)
    await asOwner(house, "delete from foundation.file where name = 'x.txt'")
  })
})

describe('a file is changed', () => {
  test('by whoever may attach to its record: name, caption and tags, at the version that they saw', async () => {
    const id = await cabinet.attach(staff, `/members/${other}`, { name: 'scan.txt' })
    const { version } = (await staff.get(`/files/${id}`)).json()
    const change = { name: 'Oath of office', caption: 'As signed', tags: ['oath', 'OATH'] }
    const reply = await staff.patch(`/files/${id}`, change, { 'if-match': `"${version}"` })
    expect(reply.json()).toMatchObject({ name: 'Oath of office.txt', caption: 'As signed', tags: ['oath'] })
    expect(reply.headers['etag']).toBe(`"${version + 1}"`)
    expect((await staff.patch(`/files/${id}`, change, { 'if-match': `"${version}"` })).statusCode).toBe(412)
    expect((await staff.patch(`/files/${id}`, { state: 'ready' })).statusCode).toBe(422)
    expect((await staff.patch(`/files/${id}`, { sha256: 'x' })).statusCode).toBe(422)
  })

  test('and never to a name that says it is another kind of file', async () => {
    const id = await cabinet.attach(staff, `/members/${other}`, { name: 'scan.txt' })
    const named = async (name: string) => (await staff.patch(`/files/${id}`, { name })).json().name
    expect(await named('run.exe')).toBe('run.exe.txt')
    expect(await named('../../etc/page.html')).toBe('page.html.txt')
    expect(await named('photo.png')).toBe('photo.png.txt')
    expect(await named('fine.txt')).toBe('fine.txt')
  })

  test('by nobody else, and the reason says why', async () => {
    const id = await cabinet.attach(staff, `/members/${own}`)
    expect((await member.patch(`/files/${id}`, { caption: 'Mine' })).statusCode).toBe(403)
    expect((await member.delete(`/files/${id}`)).statusCode).toBe(403)
    expect((await treasurer.delete(`/files/${id}`)).statusCode).toBe(404)
    expect((await member.post(`/files/${id}/restore`)).statusCode).toBe(403)
  })

  test('by nobody while its record is archived, and it is read all the same', async () => {
    const page = await entry()
    const id = await cabinet.attach(staff, `/entries/${page}`)
    await admin.delete(`/entries/${page}`)
    const row = (await staff.get(`/files/${id}`)).json()
    expect(row.can.update).toMatch(/archived/)
    expect((await staff.patch(`/files/${id}`, { caption: 'x' })).json()).toMatchObject({
      status: 409,
      detail: row.can.update,
    })
    expect((await cabinet.send(staff, `/entries/${page}`)).statusCode).toBe(409)
  })
})

describe('a file is deleted', () => {
  test('and brought back', async () => {
    const id = await cabinet.attach(staff, `/members/${other}`, { name: 'draft.txt' })
    expect((await staff.delete(`/files/${id}`)).statusCode).toBe(204)
    expect((await filesOf(staff, other)).map((one) => one.id)).not.toContain(id)
    expect((await filesOf(staff, other, '&filter[archived]=true')).map((one) => one.id)).toEqual([id])
    expect((await staff.get(`/files/${id}`)).json().can).toMatchObject({
      update: expect.stringMatching(/deleted/),
      restore: true,
    })
    expect((await staff.patch(`/files/${id}`, { caption: 'x' })).statusCode).toBe(409)
    expect((await staff.post(`/files/${id}/restore`)).json()).toMatchObject({ archived_at: null })
    expect((await staff.post(`/files/${id}/restore`)).statusCode).toBe(409)
  })

  test('not while it must be kept, and the sentence says until when', async () => {
    const page = await entry()
    const id = await cabinet.attach(staff, `/entries/${page}`)
    await asOwner(house, `update foundation.file set uploaded_at = '2026-03-01T12:00:00Z' where id = $1`, [id])
    const reply = await staff.delete(`/files/${id}`)
    expect(reply.json()).toMatchObject({ status: 409, detail: expect.stringContaining('March 1, 2027') })
    expect((await staff.get(`/files/${id}`)).json().can.archive).toBe(reply.json().detail)
    await asOwner(house, `update foundation.file set uploaded_at = now() - interval '1 year 1 day' where id = $1`, [id])
    expect((await staff.delete(`/files/${id}`)).statusCode).toBe(204)
  })

  test('with its record when that is deleted for good', async () => {
    const page = await entry()
    const id = await cabinet.attach(staff, `/entries/${page}`)
    await asOwner(house, 'delete from notebook.entry where id = $1', [page])
    const row = (await staff.get(`/files/${id}`)).json()
    expect(row.archived_at).toEqual(expect.any(String))
    expect(row.titles.record).toBe(null)
    expect((await staff.post(`/files/${id}/restore`)).json()).toMatchObject({ status: 409, detail: row.can.restore })
  })
})

describe('of one record', () => {
  test('there are only so many files, and deleting one makes room', async () => {
    const page = await entry()
    const ids: string[] = []
    for (let n = 0; n < 3; n++) ids.push(await cabinet.attach(staff, `/entries/${page}`))
    const refused = await cabinet.send(staff, `/entries/${page}`)
    expect(refused.json()).toMatchObject({ status: 409, detail: expect.stringContaining('3 files') })
    await asOwner(house, `update foundation.file set uploaded_at = now() - interval '2 years' where id = $1`, [ids[0]])
    await staff.delete(`/files/${ids[0]}`)
    await cabinet.attach(staff, `/entries/${page}`)
    expect((await staff.post(`/files/${ids[0]}/restore`)).statusCode).toBe(409)
  })

  test('as many as are sent at once do not become more', async () => {
    const page = await entry()
    const sent = await Promise.all(Array.from({ length: 6 }, () => cabinet.send(staff, `/entries/${page}`)))
    expect(sent.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 201, 201, 409, 409, 409])
  })
})

describe('versions', () => {
  test('are added, listed newest first, and made the newest again', async () => {
    const id = await cabinet.attach(staff, `/members/${other}`, { name: 'rules.txt', text: 'First' })
    await cabinet.uploaded(staff, { file: id }, { name: 'scan0002.md', text: 'Second' })
    const second = (await staff.get(`/files/${id}`)).json()
    expect(second).toMatchObject({ name: 'rules.md', versions: 2, media_type: 'text/markdown', size: 6 })
    const back = await staff.post(`/files/${id}/versions/1/restore`)
    expect(back.json()).toMatchObject({ name: 'rules.txt', versions: 3, size: 5, state: 'checking' })
    const { data } = (await staff.get(`/files/${id}/versions`)).json()
    expect(data.map(({ number, name, size }: Record<string, unknown>) => [number, name, size])).toEqual([
      [3, 'rules.txt', 5],
      [2, 'scan0002.md', 6],
      [1, 'rules.txt', 5],
    ])
    const page = (await staff.get(`/files/${id}/versions?limit=2`)).json()
    expect(page.data).toHaveLength(2)
    expect((await staff.get(`/files/${id}/versions?limit=2&after=${page.page.next}`)).json().data).toHaveLength(1)
    expect((await staff.post(`/files/${id}/versions/3/restore`)).statusCode).toBe(409)
    expect((await staff.post(`/files/${id}/versions/9/restore`)).statusCode).toBe(404)
    expect((await staff.post(`/files/${id}/versions/x/restore`)).statusCode).toBe(404)
    expect((await member.post(`/files/${id}/versions/1/restore`)).statusCode).toBe(404)
  })
})
