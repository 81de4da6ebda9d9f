import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  asOwner,
  eventually,
  firstRun,
  notebook,
  openHouse,
  type TestHouse,
  type Voice,
} from '@commonhall/engine/testing'
import { sealTrails } from '../audit/seal.ts'
import type { HouseAccess } from '../database/access.ts'
import { withDatabase } from '../database/provision.ts'
import { type ImportWork, workImport } from '../imports/jobs.ts'
import { resumeImports } from '../imports/resume.ts'
import { bringIn } from '../imports/testing/upload.ts'
import { noted, tidy } from '../testing/notebook/module.ts'
import { checksumOf, marksOf } from './testing/checksum.ts'
import { fill, idOf } from './testing/riverside.ts'

/** The work of the house, and what shows that it keeps orgs apart. */
const work: Readonly<Record<string, string>> = {
  'sign-in.reset-link-mailed': 'about a person, who is one across orgs; tells their address alone',
  'sign-in.email-link-mailed': 'about a person, who is one across orgs; tells their address alone',
  'sign-in.email-note-mailed': 'about a person, who is one across orgs; tells their address alone',
  'sign-in.factor-change-mailed': 'about a person, who is one across orgs; tells their address alone',
  'sign-in.expired-tokens-forgotten': 'before an org is known',
  'foundation.schedules-kept': 'looks which jobs each org is to have; the jobs themselves are above',
  'webhooks.messages-delivered': 'opens the org that is named; a webhook of another is none there, see its own tests',
  'webhooks.due-messages-found': 'finds which webhooks of which orgs have something to send, and nothing of what',
  'foundation.work-import': 'below',
  'foundation.resume-imports': 'below',
  'audit.seal-trails': 'below',
  'audit.publish-heads': 'seals, as below, and publishes in a transaction of each org',
  'audit.mail-head': 'is given the head and the witness, and reads nothing',
  'notifications.due-mail-gathered': 'engine/notifications/apart.test.ts',
  'notifications.mail-sent': 'engine/notifications/apart.test.ts',
  'reports.due-mail-queued': 'takes what is due in a transaction of each org; the mails that it queues name it',
  'reports.report-mailed':
    'opens the org that is named; a schedule or a person of another is none there, see engine/reports/schedules',
  'files.previews-are-made':
    'opens the org that is named; a process of the sandbox works for one org alone, see engine/files/sandbox',
  'files.content-is-checked':
    'opens the org that is named, and reads the bytes under its id; what it settles is of that org alone, see below',
  'files.unchecked-are-found':
    'looks in each org for what is to be checked there; tells its id and that of the content',
  'files.bytes-are-verified':
    'compares bytes with their sums, and notes in a transaction of each org that they are whole',
  'files.bytes-are-moved': 'switches each row in a transaction of its org; bytes of an org are under its id alone',
  'files.sweep': 'opens each org that has something to take away; bytes of an org are under its id alone',
  'invitations.link-mailed': 'is given the invitation, and mails to the address in it',
  'invitations.newcomer-welcomed': 'tells in a transaction of the org that was joined; the notice is its own',
}

let house: TestHouse
let client: pg.Client
let riverside: string
let union: string
/** Ids of Riverside, by the resource that they are of. */
const theirs = new Map<string, string>()
let marks: string[]

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await fill(house)
  ;[riverside, union] = [await idOf(house, 'riverside'), await idOf(house, 'local-100')]
  const admin = await house.as('admin@riverside.example')
  for (const { name, path } of house.engine.registry.resources.values()) {
    const [first] = (await admin.get(`/${path}?limit=1`)).json().data as { id: string }[]
    theirs.set(name, first?.id ?? '')
  }
  const [event] = await asOwner<{ id: string }>(house, 'select id from foundation.event where org_id = $1 limit 1', [
    riverside,
  ])
  theirs.set('foundation.event', event?.id ?? '')
  await house.engine.watch.flush()
  client = new pg.Client(withDatabase(inject('postgres'), new URL(house.ground.ownerUrl).pathname.slice(1)))
  await client.connect()
  marks = await marksOf(client, riverside)
})
afterAll(async () => {
  await client.end()
  await house.close()
})

/** What an org was told: everything of it, as one text. */
async function toldTo(org: string): Promise<string> {
  const rows = await asOwner<{ row: string }>(
    house,
    `select e::text as row from foundation.event e where org_id = $1
    union all select a::text from foundation.audit_entry a where org_id = $1
    union all select n::text from notebook.entry n where org_id = $1
    union all select m::text from foundation.local_mail m union all select data::text from queue.job`,
    [org],
  )
  return rows.map(({ row }) => row).join('\n')
}

/** The payloads of a job that name Riverside: its ids wherever an id goes, and each subscriber. */
function payloadsOf(fields: object): Record<string, unknown>[] {
  const subscribers = house.engine.registry.subscribers.map(({ name }) => name)
  const payload = Object.fromEntries(
    Object.entries(fields as Record<string, { kind: string; target?: string }>).map(([name, { kind }]) => [
      name,
      kind === 'ref' ? theirs.get(name === 'event' ? 'foundation.event' : 'members.member') : 'riverside',
    ]),
  )
  return 'subscriber' in payload ? subscribers.map((subscriber) => ({ ...payload, subscriber })) : [payload]
}

describe('while a job of Local 100 runs', () => {
  test('nothing of Riverside is touched or told, whatever ids are in the job', async () => {
    const caller = await house.caller('local-100')
    const [before, known] = [await checksumOf(client, riverside), await toldTo(union)]
    const jobs = [...house.engine.registry.jobs.values()]
    expect(jobs.length).toBeGreaterThan(4)
    for (const { job } of jobs) {
      for (const payload of payloadsOf(job.fields ?? {})) {
        // What it makes of a stranger's id is its own business: a fault, or nothing.
        await house.engine.runJob(job, caller, { ...payload, org: riverside, org_id: riverside }).catch(() => {})
        expect([job.name, (await checksumOf(client, riverside)) === before]).toEqual([job.name, true])
      }
    }
    const news = (await toldTo(union)).replace(known, '')
    expect(marks.filter((mark) => news.includes(mark) && !known.includes(mark))).toEqual([])
  })

  test('an event of Riverside is claimed by nobody else, and by Riverside once', async () => {
    await house.engine.act(await house.caller('riverside'), (context) =>
      context.emit(noted, { entry: theirs.get('notebook.entry') ?? '', title: 'ours' }),
    )
    const [queued] = await asOwner<{ data: { org: string; payload: Record<string, unknown> } }>(
      house,
      "select data from queue.job where name = 'foundation.deliver-event' order by created_on desc limit 1",
    )
    expect(queued?.data.org).toBe(riverside)
    const { job } = house.engine.registry.jobs.get('foundation.deliver-event')!
    const deliver = async (slug: string) =>
      house.engine.runJob(job, await house.caller(slug), queued?.data.payload ?? {}).catch(() => {})
    const copies = () =>
      asOwner<{ org_id: string }>(house, "select org_id from notebook.entry where title = 'copy of ours'")
    for (const slug of ['local-100', 'local-200', 'maple-court']) await deliver(slug)
    expect(await copies()).toEqual([])
    await deliver('riverside')
    expect(await copies()).toEqual([{ org_id: riverside }])
  })
})

describe('the work of the house', () => {
  test('stands on the list, with what shows that it keeps orgs apart', () => {
    expect(house.engine.jobs.houseJobNames.toSorted()).toEqual(Object.keys(work).toSorted())
  })

  test('on an import of Riverside, in the name of Local 100, finds none', async () => {
    const before = await checksumOf(client, riverside)
    const [row] = await asOwner<{ id: string }>(house, 'select id from foundation.import where org_id = $1', [
      riverside,
    ])
    const access: HouseAccess = { ...(await house.caller('local-100')).access } as HouseAccess
    for (const act of ['run', 'try', 'undo'] as const)
      await expect(
        workImport(house.engine).run({ import: row?.id ?? '', act, access } satisfies ImportWork, firstRun()),
      ).rejects.toMatchObject({ code: 'not_found' })
    expect(await checksumOf(client, riverside)).toBe(before)
  })

  test('takes up each interrupted import in the org that it is of', async () => {
    for (const org of [riverside, union])
      await asOwner(
        house,
        `insert into foundation.import (org_id, resource, file_name, state, updated_at)
        values ($1, 'members.member', 'stopped.csv', 'running', now() - interval '1 hour')`,
        [org],
      )
    await resumeImports(house.engine).run({}, firstRun())
    const queued = await asOwner<{ asked: string; org: string }>(
      house,
      `select data -> 'access' ->> 'orgId' as asked, i.org_id as org from queue.job
      join foundation.import i on i.id::text = data ->> 'import'
      where name = 'foundation.work-import' and file_name = 'stopped.csv'`,
    )
    expect(queued.map(({ org }) => org).toSorted()).toEqual([riverside, union].toSorted())
    for (const { asked, org } of queued) expect(asked).toBe(org)
    await asOwner(house, "delete from foundation.import where file_name = 'stopped.csv'")
  })

  test('seals each trail with its own entries alone', async () => {
    await sealTrails(house.engine).run({}, firstRun())
    const mixed = await asOwner(
      house,
      `select s.org_id from foundation.audit_seal s cross join unnest(entry_ids) entry
      join foundation.audit_entry e on e.id = entry where e.org_id <> s.org_id`,
    )
    const [{ orgs } = { orgs: 0 }] = await asOwner<{ orgs: number }>(
      house,
      'select count(distinct org_id)::integer as orgs from foundation.audit_seal',
    )
    expect([mixed, orgs > 2]).toEqual([[], true])
  })

  test('lets go of a job whose org is gone, and whose org has switched the module off', async () => {
    const { jobs } = house.engine
    for (const org of [crypto.randomUUID(), await idOf(house, 'maple-court')])
      await jobs.send(tidy.name, { org, payload: { title: 'ghost' } })
    await jobs.send(tidy.name, { org: union, payload: { title: 'living' } })
    await house.engine.startWork()
    const made = () =>
      asOwner<{ title: string; org_id: string }>(
        house,
        "select title, org_id from notebook.entry where title in ('ghost', 'living')",
      )
    const open = () =>
      asOwner(house, "select from queue.job where name = $1 and state in ('created', 'active', 'retry')", [tidy.name])
    await eventually(async () => expect(await open()).toEqual([]))
    expect(await made()).toEqual([{ title: 'living', org_id: union }])
  })
})

describe('files', () => {
  const cardsIn = (csv: string) =>
    csv
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(',')[0] || [])

  test('that two orgs take out at once, over the same connections, do not mix', async () => {
    const voices = [await house.as('officer@riverside.example'), await house.as('officer@local-100.example')]
    const [ofCoop, ofUnion] = await Promise.all(
      voices.map(async (one) => cardsIn((await one.get('/members/export')).body)),
    )
    expect([ofCoop?.length, ofUnion?.length]).toEqual([60, 240])
    const files = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => [n % 2, (await voices[n % 2]!.get('/members/export')).body] as const),
    )
    for (const [whose, csv] of files) expect(cardsIn(csv)).toEqual(whose ? ofUnion : ofCoop)
  })

  test('that are broken off leave nothing set on their connection', async () => {
    const { database } = house.engine
    const access = { ...(await house.caller('riverside')).access, requestId: 'broken-off' }
    const text = "select foundation.setting('address') as address, set_config('app.address', 'left behind', true)"
    const streams = await Promise.all([1, 2, 3].map(() => database.stream(access, { text, values: [] })))
    for (const stream of streams) {
      for await (const row of stream) {
        expect(row['address']).toBeNull()
        break
      }
      await stream.close()
    }
    const own = (await house.caller('local-100')).access
    const look = `select foundation.setting('address') as address, foundation.current_org() as org,
      foundation.setting('request') as request`
    const after = await Promise.all([1, 2, 3].map(() => database.stream(own, { text: look, values: [] })))
    for (const stream of after)
      for await (const row of stream) expect(row).toEqual({ address: null, org: union, request: own.requestId })
  })

  test('that are brought in cannot point to a record of another org, by its id or by its name', async () => {
    const staff: Voice = await house.as('admin@local-100.example')
    const household = theirs.get('members.household') ?? ''
    const roll = (name: string, card: string) => `Card No,Last name,First name,Household\n${card},Ash,Ann,${name}\n`
    const outcome = async (name: string, card: string) => {
      const at = await bringIn(staff, 'local-100', roll(name, card))
      const { imported, refused } = (await staff.get(at)).json()
      const file = (await staff.get(`${at}/refused.csv`)).body.replaceAll(name, 'it').replaceAll(card, 'card')
      return { imported, refused, file }
    }
    const before = await checksumOf(client, riverside)
    expect(await outcome('Ortiz family', 'X-1')).toEqual(await outcome('Nobody family', 'X-2'))
    expect(await outcome(household, 'X-3')).toEqual(await outcome(crypto.randomUUID(), 'X-4'))
    const members = await asOwner(
      house,
      `select from members.member where card_number like 'X-%'
        and household in (select id from members.household where org_id = $1)`,
      [riverside],
    )
    expect([members, (await checksumOf(client, riverside)) === before]).toEqual([[], true])
  })
})
