import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@commonhall/modules/catalog'
import { registryOf } from '../engine/boot.ts'
import { type Caller, Callers } from '../engine/caller.ts'
import { Database, type Statement } from '../engine/database/pool.ts'
import type { Ground } from '../engine/database/provision.ts'
import { Cursors } from '../engine/records/cursor.ts'
import { Records } from '../engine/records/records.ts'
import type { Registry } from '../engine/registry.ts'
import type { BareTask } from './bare.ts'
import { atLeast, atMostTimes, type Line, median } from './line.ts'
import { compare, middle, ratio, type Round } from './load.ts'
import { type RunningServer, signIn } from './server.ts'
import { onGround, type Stage, staffOf } from './stage.ts'

/** One way of reading the roll. */
interface Scene {
  readonly name: string
  readonly label: string
  /** Query of the list; null reads single records. */
  readonly query: Readonly<Record<string, string>> | null
}

const scenes: readonly Scene[] = [
  { name: 'list', label: 'list of 50, filtered and sorted', query: { 'filter[state]': 'active', sort: 'last_name' } },
  { name: 'record', label: 'record by id', query: null },
  { name: 'search', label: 'search "smi"', query: { q: 'smi' } },
]

/** Reads under load: the server against a bare handler with the same SQL, and the tail against the middle. */
export async function measureReads(stage: Stage, server: RunningServer): Promise<Line[]> {
  const token = await signIn(server, staffOf(stage.large), stage.password)
  return await onGround(stage, async (ground) => {
    const database = new Database(ground.appUrl, 2)
    try {
      const registry = registryOf(catalog)
      const caller = await callerOf(new Callers(database, registry), token, stage.large)
      const ids = await someIds(database, caller)
      const statements = await Promise.all(scenes.map((scene) => statementOf(scene, registry, caller, ids[0] ?? '')))
      const bare = await startBare(stage, ground, caller, statements)
      try {
        return await measureScenes(server, bare.url, { token, slug: stage.large, ids })
      } finally {
        await bare.stop()
      }
    } finally {
      await database.close()
    }
  })
}

interface Visit {
  readonly token: string
  readonly slug: string
  readonly ids: readonly string[]
}

async function measureScenes(server: RunningServer, bareUrl: string, { token, slug, ids }: Visit): Promise<Line[]> {
  const throughput: Line[] = []
  const tails: Line[] = []
  for (const { name, label, query } of scenes) {
    const base = `/api/v1/orgs/${slug}/members`
    const ours = query ? [`${base}?${new URLSearchParams(query)}`] : ids.map((id) => `${base}/${id}`)
    const theirs = query ? [`/${name}`] : ids.map((id) => `/${name}/${id}`)
    const headers = { authorization: `Bearer ${token}` }
    await expectSameRows(`${server.url}${ours[0]}`, headers, `${bareUrl}${theirs[0]}`)
    const { a, b } = await compare(
      { url: server.url, requests: ours.map((path) => ({ path })), headers },
      { url: bareUrl, requests: theirs.map((path) => ({ path })) },
    )
    throughput.push({
      name: label,
      unit: 'requests/s',
      ours: middle(a, perSecond),
      bar: atLeast(0.5),
      limit: { name: 'bare Fastify + pg', value: middle(b, perSecond) },
      judged: ratio(a, b),
    })
    tails.push({
      name: `${label}: p99 at 50 connections`,
      unit: 'ms',
      ours: middle(a, ({ p99 }) => p99),
      bar: atMostTimes(4),
      limit: { name: `own median (bare: ${tail(b).toFixed(1)} ×)`, value: middle(a, ({ p50 }) => p50) },
      judged: tail(a),
    })
  }
  return [...throughput, ...tails]
}

/** How much longer the slowest hundredth waits than the middle. */
const tail = (rounds: readonly Round[]) => median(rounds.map(({ p50, p99 }) => p99 / p50))

const perSecond = (round: Round) => round.perSecond

/** The session behind a token, in an org: what the server will find too. */
export async function callerOf(callers: Callers, token: string, slug: string): Promise<Caller> {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }
  const caller = await callers.find(
    { sessionId: claims.sid, requestId: 'bench', via: 'api', address: '127.0.0.1' },
    slug,
  )
  if (typeof caller === 'string') throw new Error(`The session is ${caller}.`)
  return caller
}

export async function someIds(database: Database, { access }: Caller): Promise<string[]> {
  const text = 'select id from members.member order by id offset 500 limit 200'
  const rows = await database.read<{ id: string }>(access, { text, values: [] })
  return rows.map(({ id }) => id)
}

/** The very statement that the server sends, caught on its way. */
async function statementOf({ query }: Scene, registry: Registry, caller: Caller, id: string): Promise<Statement> {
  let caught: Statement | undefined
  const net = {
    read(_access: unknown, statement: Statement) {
      caught = statement
      return Promise.resolve([])
    },
  }
  const records = new Records(net as unknown as Database, registry, new Cursors(Buffer.alloc(32)), { shown() {} })
  const members = registry.resource('members.member')
  // The empty answer makes a single record "not found", which is no matter here.
  await (query ? records.list(caller, members, query) : records.get(caller, members, id).catch(() => {}))
  if (!caught) throw new Error('The server sent no statement.')
  return caught
}

async function startBare(
  { folder, settings }: Stage,
  ground: Ground,
  caller: Caller,
  statements: readonly Statement[],
) {
  const file = join(folder, 'bare.json')
  const task: BareTask = {
    databaseUrl: ground.appUrl,
    connections: settings.connections,
    access: caller.access,
    routes: scenes.map(({ name, query }, index) => ({ name, statement: statements[index]!, takesId: !query })),
  }
  writeFileSync(file, JSON.stringify(task), { mode: 0o600 })
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [address] = (await once(child.stdout, 'data')) as [Buffer]
  const stop = async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { url: address.toString().trim(), stop }
}

interface Rows {
  readonly data: readonly { readonly id: string }[]
}

/** A comparison is only one when both answer the same. */
async function expectSameRows(ours: string, headers: Record<string, string>, theirs: string): Promise<void> {
  const mine = (await (await fetch(ours, { headers })).json()) as Rows | { id: string }
  const bare = (await (await fetch(theirs)).json()) as Rows
  const seen = 'data' in mine ? mine.data.map(({ id }) => id) : [mine.id]
  const known = bare.data.slice(0, seen.length).map(({ id }) => id)
  if (!seen.length || seen.join(' ') !== known.join(' '))
    throw new Error(`${ours} and the bare server answer other rows.`)
}
