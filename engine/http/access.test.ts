import { readFile } from 'node:fs/promises'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, type Rule } from '@commonhall/kernel'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import {
  harmless,
  type Ids,
  isOfHost,
  isOfOrg,
  type Operation,
  operationsOf,
  shown,
} from '../isolation/testing/operations.ts'
import { mailedAndBounced } from '../mail/testing/bounced.ts'
import { fillGovernance } from '../isolation/testing/governance.ts'
import { fillMarketRecovery } from '../isolation/testing/market-recovery.ts'
import { fillLedger } from '../isolation/testing/ledger.ts'
import { contractorOf, openSenders, roles, type Senders } from '../isolation/testing/senders.ts'
import { put } from '../files/testing/put.ts'
import { setUpReport } from '../reports/testing/set-up-report.ts'

/** The columns of the published table. */
const columns = ['nobody', 'other org', 'key without', 'key with', 'host', ...roles, 'contractor'] as const

let house: TestHouse
let operations: Operation[]
let senders: Senders
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  operations = await operationsOf(house.app)
  senders = await openSenders(house)
  const admin = voice('admin')
  await admin.post('/households', { name: 'Ortiz family' })
  const applicant = (await admin.get('/members?filter[state]=applicant&limit=1')).json().data[0].id
  await admin.post(`/members/${applicant}/admit`)
  const [staff] = (await admin.get('/roles?filter[name]=staff')).json().data
  await admin.post('/invitations', { email: 'new@people.example', name: 'New', roles: [staff.id] })
  await mailedAndBounced(house, 'riverside')
  await fillLedger(house)
  await fillMarketRecovery(house)
  await fillGovernance(house)
  // The records that are tried are of the other one.
  senders = { ...senders, contractor: await contractorOf(house, 'Harbor Wiring') }
  const hook = { name: 'Newsletter', url: 'http://127.0.0.1:9009/', events: ['members.member.created'] }
  await admin.post('/webhooks', hook)
  await setUpReport(house)
  await put(house, { slug: 'riverside', name: 'card.txt', bytes: 'Card 7', record: applicant })
  for (const { path } of house.engine.registry.resources.values()) {
    const [first] = (await admin.get(`/${path}?limit=1`)).json().data as { id: string }[]
    // The keys that are tried are not those that trying could revoke.
    ids.set(path, path === 'api-keys' ? crypto.randomUUID() : (first?.id ?? ''))
  }
})
afterAll(() => house.close())

const voice = (name: string) => senders[name] as Voice
const ofOrgs = () => operations.filter((one) => isOfOrg(one) && !one.open)

/** The records to try on, and an import that is ready, a new one for each try: some may delete it. */
async function idsFor({ path }: Operation): Promise<Ids> {
  if (!path.includes('/imports/{')) return ids
  const [row] = await asOwner<{ id: string }>(
    house,
    `insert into foundation.import (org_id, resource, file_name, state)
    select id, 'members.member', 'roll.csv', 'ready' from foundation.org where slug = 'riverside' returning id`,
  )
  return new Map([...ids, ['imports', row?.id ?? '']])
}

/** Whose records a list or file shows: all, or only one's own. */
const count = ({ headers, body }: LightMyRequestResponse) =>
  String(headers['content-type']).startsWith('text/csv')
    ? body.split('\n').length
    : ((JSON.parse(body).data as unknown[] | undefined)?.length ?? 0)

async function ask(sender: string, operation: Operation): Promise<LightMyRequestResponse> {
  const request = harmless(operation, 'riverside', await idsFor(operation))
  return await voice(sender).send(isNobody(sender, operation) ? asNobody(request) : request)
}

/** What would sign somebody out is sent as it should be where there is nobody to sign out. */
const asNobody = (request: InjectOptions): InjectOptions =>
  JSON.stringify(request.payload) === '{"nonsense":1}' ? { ...request, payload: {} } : request
const isNobody = (sender: string, { open }: Operation) => !open && /^(nobody|key)/.test(sender)

/** What somebody who may is told about input that leads nowhere. 404 is the record of whoever may look for it. */
const answered = [200, 201, 202, 204, 400, 409, 412, 422, 429]
const codeIn = (reply: LightMyRequestResponse) => (JSON.parse(reply.body || '{}') as { code?: string }).code

const resourceOf = ({ path }: Operation) => house.engine.registry.paths.get(shown(path).split('/')[1] ?? '')
const isOfRecords = (operation: Operation) => !['foundation', undefined].includes(resourceOf(operation)?.module)
const seesOwn = (sender: string) => sender === 'member' || sender === 'contractor'

/** yes, own (the records about oneself), or the status with which it is refused. */
async function cell(sender: string, operation: Operation): Promise<string> {
  const reply = await ask(sender, operation)
  const { statusCode } = reply
  const seen = `${sender} ${operation.method} ${operation.path}: ${statusCode} ${reply.body.slice(0, 200)}`
  if (isOfOrg(operation) && !operation.open) return await cellOfOrg(sender, operation, reply, seen)
  if (answered.includes(statusCode)) return 'yes'
  // An unknown link, passkey or org; and open doors have a 401 of their own, for a wrong password or a spent token.
  if (statusCode === 404 || (operation.open && statusCode === 401)) return 'yes'
  expect([401, 403], seen).toContain(statusCode)
  return String(statusCode)
}

async function cellOfOrg(sender: string, operation: Operation, reply: LightMyRequestResponse, seen: string) {
  const { statusCode } = reply
  if (sender === 'nobody' || sender === 'other org' || sender === 'host') return String(statusCode)
  expect([...answered, 403, 404], seen).toContain(statusCode)
  if (statusCode === 403) return '403'
  // What one may not bring in is not there, nor is an import of it.
  if (statusCode === 404 && operation.path.includes('/imports/')) return '404'
  // Nor is a file of a record whose files one may not read; that there is nothing to look at, one is told as a reader.
  if (statusCode === 404 && operation.path.includes('/files/{'))
    return codeIn(reply) === 'no_preview' ? 'yes' : seesOwn(sender) ? 'own' : '404'
  if (statusCode === 404 && /\/(api-keys|deliveries|uploads)\//.test(operation.path)) return 'yes'
  if (!seesOwn(sender)) return (expect(statusCode, seen).not.toBe(404), 'yes')
  // The member of the cast has no record of most kinds; where they may not look at all, they are told so with 403.
  if (statusCode === 404) return 'own'
  // Whatever a contractor does with records is done with theirs: engine/isolation/contractor.test.ts.
  if (operation.method !== 'GET' || operation.path.includes('{id}'))
    return sender === 'contractor' && isOfRecords(operation) ? 'own' : 'yes'
  return count(reply) < count(await ask('admin', operation)) ? 'own' : 'yes'
}

/** Whether somebody who may, and last proved who they are an hour ago, is asked to prove it again. */
async function needsProof(operation: Operation): Promise<string> {
  const reply = await ask(isOfHost(operation) ? 'host, proved long ago' : 'admin, proved long ago', operation)
  return reply.statusCode === 403 && codeIn(reply) === 'proof_needed' ? 'proof' : ''
}

async function table(some: readonly Operation[]): Promise<string> {
  const lines = [`| | ${columns.join(' | ')} | |`, `|---|${columns.map(() => '---').join('|')}|---|`]
  for (const operation of some.toSorted((a, b) => shown(a.path).localeCompare(shown(b.path), 'en'))) {
    const cells = await Promise.all(columns.map((sender) => cell(sender, operation)))
    lines.push(
      `| ${operation.method} ${shown(operation.path)} | ${cells.join(' | ')} | ${await needsProof(operation)} |`,
    )
  }
  return lines.join('\n')
}

const page = async () => `# Who may do what

Made from the running server by \`engine/http/access.test.ts\`: every operation that the API describes, tried by
everybody there is. The test fails when a cell differs, when an operation is not here, and when one is here that is not
served.

The columns: *nobody* has not signed in; *other org* is the admin of another organization; *key without* is an API key
that lacks the scope, *key with* one that has every scope a key can have; *host* runs the house and belongs to no
organization; *contractor* has no role and stands for a contractor, for whom alone they add anything; the others are the
roles as every organization starts with them, and it can change what each may do.

The cells: *yes*; *own*, the records about oneself or of whom one stands for; *401*, one has to sign in; *403*, one may
not; *404*, as if it did not exist. *proof* in the last column: whoever last proved who they are over ten minutes ago is
asked to do it again (403, \`proof_needed\`).

## Of an organization

All addresses stand under \`/api/v1/orgs/{slug}\`. An import of records that one may not bring in answers 404, and so
does a file of a record whose files one may not read; here it is one of an applicant's.
The row of undo shows an import that somebody else brought in; whoever brought one in may take it back.
A ballot is cast as nobody, and so everybody may: with a paper that was handed out to somebody on the roll.

${await table(operations.filter(isOfOrg))}

## Of oneself, and signing in

A key is nobody here. Under \`/api/v1\`.

${await table(operations.filter(({ path }) => path.startsWith('/api/v1/auth/')))}

## Of the house

The console is for hosts, whatever organizations they belong to. That there is one is no secret, so whoever is no host
is told so with 403 rather than 404. Under \`/api/v1\`.

${await table(operations.filter(isOfHost))}

## Of the machine

${await table(operations.filter((one) => !isOfOrg(one) && !isOfHost(one) && !one.path.startsWith('/api/v1/auth/')))}
`

test('everybody may do what the published table says, and nothing else', { timeout: 120_000 }, async () => {
  await expect(await page()).toMatchFileSnapshot('../../docs/access.md')
})

test('the members row is the one that was asked for', async () => {
  const who = async (method: 'GET' | 'POST' | 'DELETE', path: string) => {
    const found = ofOrgs().find((one) => one.method === method && shown(one.path) === path) as Operation
    const allowed = []
    for (const role of roles) if ((await cell(role, found)) === 'yes') allowed.push(role)
    return allowed
  }
  expect(await who('GET', '/members')).toEqual(['admin', 'officer', 'treasurer', 'staff'])
  expect(await who('POST', '/members')).toEqual(['admin', 'officer', 'staff'])
  expect(await who('DELETE', '/members/{id}')).toEqual(['admin', 'officer'])
})

describe('every operation', () => {
  test('asks who is there: 401 without a sign-in, with another token than ours, and with none at all', async () => {
    const closed = operations.filter(({ open }) => !open)
    expect(closed.filter(isOfOrg)).toHaveLength(ofOrgs().length)
    for (const operation of closed) {
      for (const authorization of [undefined, 'Bearer nonsense', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic YTpi']) {
        const request = asNobody(harmless(operation, 'riverside', ids))
        const reply = await house.app.inject({
          ...request,
          headers: { ...request.headers, ...(authorization ? { authorization } : {}) },
        })
        const told = [operation.method, operation.path, reply.statusCode, reply.json().code]
        expect(told).toEqual([operation.method, operation.path, 401, 'not_signed_in'])
        expect(reply.headers['www-authenticate']).toBe('Bearer')
      }
    }
  })

  test('does not tell a stranger that the org exists', async () => {
    for (const operation of ofOrgs()) {
      const [known, unknown] = [
        await voice('other org').send(harmless(operation, 'riverside', ids)),
        await voice('other org').send(harmless(operation, 'nowhere', ids)),
      ]
      const { request_id: _, ...problem } = known.json()
      expect([operation.path, known.statusCode, problem]).toEqual([
        operation.path,
        404,
        { ...unknown.json(), request_id: undefined },
      ])
    }
  })

  test('that only looks refuses HEAD as it refuses GET', async () => {
    const different = []
    for (const operation of operations.filter(({ method, path }) => method === 'GET' && !path.includes('/imports/'))) {
      const request = harmless(operation, 'riverside', ids)
      for (const sender of ['nobody', 'other org', 'host', 'key without', 'instructor']) {
        const full = await voice(sender).send(request)
        const head = await voice(sender).send({ ...request, method: 'HEAD' })
        if (full.statusCode >= 400 && (head.statusCode !== full.statusCode || head.body))
          different.push([operation.path, sender, full.statusCode, head.statusCode])
      }
    }
    expect(different).toEqual([])
  })

  test('of an org waits for the second factor that a role asks for', async () => {
    await asOwner(house, "update foundation.role set requires_second_factor = true where name = 'instructor'")
    for (const operation of ofOrgs()) {
      const reply = await ask('instructor', operation)
      expect([operation.path, reply.statusCode, reply.json().code]).toEqual([
        operation.path,
        403,
        'second_factor_missing',
      ])
    }
    await asOwner(house, "update foundation.role set requires_second_factor = false where name = 'instructor'")
  })
})

describe('the table can fail', () => {
  const published = async (operation: string) => {
    const page = await readFile(new URL('../../docs/access.md', import.meta.url), 'utf8')
    const row = page.split('\n').find((line) => line.startsWith(`| ${operation} |`)) ?? ''
    return (sender: string) => row.split('|')[2 + columns.indexOf(sender as 'host')]?.trim()
  }
  const find = (method: string, path: string) =>
    operations.find((one) => one.method === method && shown(one.path) === path) as Operation

  test('when a route lets in whom its rule did not', async () => {
    const { rules } = house.engine.registry
    const rule = rules.get('members.household.read') as Rule
    rules.set('members.household.read', allow('instructor'))
    senders = { ...senders, instructor: await house.as('instructor@riverside.example') }
    expect((await published('GET /households'))('instructor')).toBe('403')
    expect(await cell('instructor', find('GET', '/households'))).toBe('yes')
    rules.set('members.household.read', rule)
  })

  test('when a key is a session like any other', async () => {
    await asOwner(
      house,
      `update foundation.session set only_org = null, scopes = null
      where id = (select session_id from foundation.issued_key where name = 'With')`,
    )
    expect((await published('POST /api-keys'))('key with')).toBe('403')
    expect(await cell('key with', find('POST', '/api-keys'))).toBe('yes')
  })

  test('when a route is not on the page', async () => {
    expect((await published('GET /nowhere'))('host')).toBeUndefined()
    for (const operation of operations)
      expect((await published(`${operation.method} ${shown(operation.path)}`))('host')).toMatch(/^(yes|40[134])$/)
  })
})
