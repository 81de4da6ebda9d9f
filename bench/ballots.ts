import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { secretsOf } from '../engine/org-secrets.ts'
import { deriveSecret } from '../engine/settings.ts'
import { AccessTokens } from '../engine/sign-in/access-token.ts'
import { makeKey } from '../modules/governance/ballots/make-key.ts'
import { atMost, type Line } from './line.ts'
import { type RunningServer, signIn } from './server.ts'
import { asSuperuser, onGround, orgId, type Stage, staffOf } from './stage.ts'

const perSecond = 50
const seconds = 30
const voters = perSecond * seconds
/** Other people, who turn pages meanwhile. */
const readsPerSecond = 20

interface Voter {
  readonly voter: string
  readonly token: string
}

interface Open {
  readonly election: string
  readonly contest: string
  readonly candidate: string
  readonly key: KeyObject
  readonly voters: readonly Voter[]
}

/**
 * An evening on which everybody votes: fifty ballots a second through the whole path, each taken by somebody of their
 * own and cast as nobody, while others read. What devices do is done beforehand or left out: it is not the server's.
 */
export async function measureBallots(stage: Stage, server: RunningServer): Promise<Line[]> {
  const open = await onGround(stage, (ground) =>
    asSuperuser(stage, ground, (superuser) => openElection(stage, superuser)),
  )
  const base = `${server.url}/api/v1/orgs/${stage.large}`
  const ballots = open.voters.map(() => sealed(open))
  const staff = await signIn(server, staffOf(stage.large), stage.password)
  const waits = { ballot: [] as number[], read: [] as number[] }
  const begun = performance.now()
  const work: Promise<void>[] = []
  // At its time whatever happens before: who is kept waiting does not keep others from coming.
  for (let tick = 0; tick < voters; tick += 1) {
    const due = begun + (tick * 1000) / perSecond
    if (performance.now() < due) await sleep(due - performance.now())
    const [voter, ballot] = [open.voters[tick] as Voter, ballots[tick] as object]
    work.push(timed(waits.ballot, due, () => vote(base, open.election, voter, ballot)))
    if (tick % Math.round(perSecond / readsPerSecond) === 0)
      work.push(timed(waits.read, performance.now(), () => ask(`${base}/members?sort=last_name&limit=50`, staff)))
  }
  await Promise.all(work)
  const took = (performance.now() - begun) / 1000
  const lag = await lagOf(server)
  const line = (name: string, ours: number, bar?: number): Line => ({
    name,
    unit: 'ms',
    ours,
    ...(bar ? { bar: atMost(bar) } : {}),
  })
  return [
    {
      name: `${voters.toLocaleString('en-US')} ballots, taken and cast`,
      unit: 'requests/s',
      ours: voters / took,
      limit: { name: 'people who come', value: perSecond },
      bar: { sign: '≥', value: 0.95, of: 'ratio' },
    },
    line('a ballot, from taking to receipt, median', share(waits.ballot, 0.5)),
    line('… p99', share(waits.ballot, 0.99)),
    line('a page of 50 members meanwhile, p99', share(waits.read, 0.99)),
    line('event loop of the server meanwhile, p99', lag, 100),
  ]
}

const share = (waits: readonly number[], part: number) =>
  waits.toSorted((a, b) => a - b)[Math.min(waits.length - 1, Math.floor(waits.length * part))] ?? Infinity

async function timed(waits: number[], from: number, work: () => Promise<void>): Promise<void> {
  await work()
  waits.push(performance.now() - from)
}

async function vote(base: string, election: string, { voter, token }: Voter, ballot: object): Promise<void> {
  // Any number below the modulus could be a blinded token: the server signs it, and cannot know.
  const blinded = Buffer.concat([Buffer.of(0), randomBytes(255)]).toString('base64url')
  await send(`${base}/elections/${election}/ballot-paper`, { voter, blinded }, token)
  await send(`${base}/elections/${election}/ballots`, ballot)
}

async function send(url: string, body: object, token?: string): Promise<void> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await reply.text()
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}: ${text.slice(0, 300)}`)
}

async function ask(url: string, token: string): Promise<void> {
  const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  await reply.text()
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}.`)
}

/** The slowest hundredth of what the event loop was late, as the server tells it of itself. */
async function lagOf({ url }: RunningServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000
}

/** A ballot that proves itself, as a device seals it. */
function sealed({ election, contest, candidate, key }: Open): object {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = own.publicKey.export({ format: 'jwk' })
  const token = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const prefix = randomBytes(32)
  const signature = sign('sha384', Buffer.concat([prefix, token]), { key, padding: 6, saltLength: 48 })
  const choices = { [contest]: { choices: [candidate] } }
  const ballot = JSON.stringify({ election, choices, salt: randomBytes(16).toString('hex') })
  const proof = sign('sha256', Buffer.from(ballot), { key: own.privateKey, dsaEncoding: 'ieee-p1363' })
  const text = (bytes: Buffer) => bytes.toString('base64url')
  return { token: text(token), prefix: text(prefix), signature: text(signature), ballot, ballot_signature: text(proof) }
}

/** An election that is open, with people on its roll who are signed in. */
async function openElection({ settings, large }: Stage, superuser: pg.Client): Promise<Open> {
  const org = await orgId(superuser, large)
  const key = await makeKey()
  const { rows } = await superuser.query<{ election: string; contest: string; candidate: string }>(
    `with e as (insert into governance.election (org_id, name, rules, public_key, key_fingerprint, state, closes_at)
      values ($1, 'Officers', '{}', $2, $3, 'voting', now() + interval '1 day') returning org_id, id),
    c as (insert into governance.contest (org_id, election, name) select org_id, id, 'President' from e
      returning org_id, id, election)
    insert into governance.candidate (org_id, contest, election, name, position, state)
    select org_id, id, election, 'Ann', 1, 'accepted' from c returning election, contest, id as candidate`,
    [org, key.public_key, key.fingerprint],
  )
  const [made] = rows
  if (!made) throw new Error('The election was not made.')
  const sealedKey = secretsOf(settings, org).close(`the key of election ${made.election}`, key.private_key)
  await superuser.query("select set_config('app.org', $1, false)", [org])
  await superuser.query('select governance.keep_election_key($1, $2)', [made.election, sealedKey])
  const privateKey = createPrivateKey({ key: Buffer.from(key.private_key, 'base64'), format: 'der', type: 'pkcs8' })
  return { ...made, key: privateKey, voters: await signUp(settings, superuser, org, made.election) }
}

async function signUp(
  settings: Stage['settings'],
  superuser: pg.Client,
  org: string,
  election: string,
): Promise<readonly Voter[]> {
  const { rows } = await superuser.query<{ voter: string; userId: string; sessionId: string; email: string }>(
    `with m as (select id, card_number from members.member where org_id = $1 and card_number like 'B%'
      order by card_number limit $3),
    u as (insert into foundation.user (email, name, email_verified_at)
      select card_number || '@bench.example', 'Voter', now() from m returning id, email),
    s as (insert into foundation.session (user_id, expires_at, device)
      select id, now() + interval '1 day', 'bench' from u returning id, user_id),
    b as (insert into foundation.membership (org_id, user_id, member_id)
      select $1, u.id, m.id from u join m on u.email = m.card_number || '@bench.example' returning user_id, member_id),
    g as (insert into foundation.grant (org_id, user_id, role_id) select $1, user_id, r.id from b
      join foundation.role r on r.org_id = $1 and r.name = 'member'),
    v as (insert into governance.voter (org_id, election, name, member)
      select $1, $2, card_number, id from m returning id, member),
    h as (insert into governance.voter_holder (org_id, voter, member) select $1, id, member from v)
    select v.id as voter, u.id as "userId", s.id as "sessionId", u.email from v join b on b.member_id = v.member
      join u on u.id = b.user_id join s on s.user_id = u.id`,
    [org, election, voters],
  )
  const tokens = new AccessTokens(new Uint8Array(deriveSecret(settings, 'access tokens')))
  return await Promise.all(
    rows.map(async ({ voter, ...who }) => ({ voter, token: await tokens.sign({ ...who, roles: [] }) })),
  )
}
