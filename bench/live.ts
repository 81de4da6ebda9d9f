import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessTokens } from '../engine/sign-in/access-token.ts'
import { deriveSecret } from '../engine/settings.ts'
import { atMost, type Line, median } from './line.ts'
import { memoryOf, type RunningServer, signIn } from './server.ts'
import { asSuperuser, onGround, type Stage, staffOf } from './stage.ts'

const listening = 1_000
const idle = 5_000
const changes = 150
/** Streams of one session. */
const together = 10

/** What the process with the clients is asked, and what it answers. */
type Ask = { readonly open: { url: string; path: string; tokens: readonly string[]; each: number } } | 'heard' | 'close'
type Answer =
  | { readonly open: number }
  /** When each client heard of each version of the record, in milliseconds since 1970. */
  | { readonly heard: readonly (readonly [version: number, at: number])[] }
  | { readonly closed: true }

/** How long a change takes to everybody who looks, and what it costs to have thousands of screens open. */
export async function measureLive(stage: Stage, server: RunningServer): Promise<Line[]> {
  const tokens = await openSessions(stage, idle / together)
  const clients = fork(import.meta.filename, [], { stdio: 'inherit' })
  try {
    const lags = await lagsOf(stage, server, clients, tokens)
    await ask(clients, 'close')
    await sleep(2_000)
    const before = await memoryOf(server)
    await open(clients, server, stage, tokens)
    // Two heartbeats: nothing of opening them is left then.
    await sleep(45_000)
    const after = await memoryOf(server)
    await ask(clients, 'close')
    const at = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? Infinity
    const who = `${listening.toLocaleString('en-US')} listening clients`
    return [
      { name: `change → seen by ${who}, p99`, unit: 'ms', ours: at(0.99), bar: atMost(500) },
      { name: `change → seen by ${who}, median`, unit: 'ms', ours: median(lags) },
      {
        name: `${idle.toLocaleString('en-US')} idle listeners, more memory`,
        unit: 'MB',
        ours: after - before,
        bar: atMost(300),
      },
    ]
  } finally {
    clients.kill()
  }
}

/** From sending a change to hearing of it, for each change and each client, in order. */
async function lagsOf(
  stage: Stage,
  server: RunningServer,
  clients: ChildProcess,
  tokens: readonly string[],
): Promise<number[]> {
  await open(clients, server, stage, tokens.slice(0, listening / together))
  const headers = {
    authorization: `Bearer ${await signIn(server, staffOf(stage.large), stage.password)}`,
    'content-type': 'application/json',
  }
  const members = `${server.url}/api/v1/orgs/${stage.large}/members`
  const { data } = (await (await fetch(`${members}?limit=1`, { headers })).json()) as { data: { id: string }[] }
  const sent = new Map<number, number>()
  for (let n = 0; n < changes; n += 1) {
    const body = JSON.stringify({ phone: `(555) 03${String(n).padStart(5, '0')}` })
    const at = Date.now()
    const reply = await fetch(`${members}/${data[0]?.id}`, { method: 'PATCH', headers, body })
    sent.set(((await reply.json()) as { version: number }).version, at)
    await sleep(150 + Math.random() * 100)
  }
  await sleep(1_000)
  const answer = await ask(clients, 'heard')
  const heard = 'heard' in answer ? answer.heard : []
  const lags = heard.flatMap(([version, at]) => (sent.has(version) ? [at - (sent.get(version) ?? 0)] : []))
  if (lags.length < listening * changes) throw new Error(`Only ${lags.length} of ${listening * changes} were heard.`)
  return lags.toSorted((a, b) => a - b)
}

async function open(clients: ChildProcess, server: RunningServer, stage: Stage, tokens: readonly string[]) {
  const path = `/api/v1/orgs/${stage.large}/live?topics=members,inbox`
  const answer = await ask(clients, { open: { url: server.url, path, tokens, each: together } })
  const wanted = tokens.length * together
  if (!('open' in answer) || answer.open !== wanted) throw new Error(`Not all of ${wanted} streams were opened.`)
}

async function ask(clients: ChildProcess, what: Ask): Promise<Answer> {
  clients.send(what)
  const [answer] = (await once(clients, 'message')) as [Answer]
  return answer
}

/** People of the large org's staff who are signed in, four sessions each; the access token of each session. */
async function openSessions(stage: Stage, count: number): Promise<string[]> {
  const rows = await onGround(stage, (ground) =>
    asSuperuser(stage, ground, async (superuser) => {
      await superuser.query('select set_config($1, id::text, false) from foundation.org where slug = $2', [
        'app.org',
        stage.large,
      ])
      return await superuser.query<{ id: string; user_id: string; email: string }>(
        `with people as (
          insert into foundation.user (email, name) select 'live-' || n || '@bench.example', 'Listener ' || n
          from generate_series(1, $1::integer) n returning id, email
        ), belonging as (
          insert into foundation.membership (org_id, user_id) select foundation.current_org(), id from people
          returning user_id
        ), granted as (
          insert into foundation.grant (org_id, user_id, role_id) select r.org_id, b.user_id, r.id
          from belonging b, foundation.role r where r.org_id = foundation.current_org() and r.name = 'staff'
        )
        insert into foundation.session (user_id, expires_at, device)
        select id, now() + interval '1 day', 'bench' from people, generate_series(1, 4) returning id, user_id,
          (select email from people where people.id = user_id) as email`,
        [Math.ceil(count / 4)],
      )
    }),
  )
  const tokens = new AccessTokens(new Uint8Array(deriveSecret(stage.settings, 'access tokens')))
  return await Promise.all(
    rows.rows
      .slice(0, count)
      .map(({ id, user_id, email }) => tokens.sign({ userId: user_id, sessionId: id, email, roles: [] })),
  )
}

/** The clients: bare sockets, so that they take as little of the machine as they can. */
class Clients {
  readonly #sockets: Socket[] = []
  heard: [number, number][] = []

  async open({ url, path, tokens, each }: Extract<Ask, { open: unknown }>['open']): Promise<number> {
    const { hostname, port } = new URL(url)
    const streams = tokens.flatMap((token) => Array.from({ length: each }, () => token))
    let stands = 0
    // Some hundreds at a time, as after a restart.
    for (let from = 0; from < streams.length; from += 200) {
      const some = streams.slice(from, from + 200).map((token) => this.#open(hostname, Number(port), path, token))
      stands += (await Promise.all(some)).filter(Boolean).length
    }
    return stands
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.destroy()
  }

  #open(host: string, port: number, path: string, token: string): Promise<boolean> {
    return new Promise((stands) => {
      const socket = connect(port, host)
      this.#sockets.push(socket)
      socket.setEncoding('latin1').on('error', () => stands(false))
      socket.on('close', () => stands(false))
      socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n\r\n`)
      socket.once('data', (head: string) => stands(head.startsWith('HTTP/1.1 200')))
      socket.on('data', (text: string) => {
        const at = Date.now()
        for (const [, version] of text.matchAll(/"act":"update","version":(\d+)/g))
          this.heard.push([Number(version), at])
      })
    })
  }
}

if (import.meta.main) {
  const clients = new Clients()
  const answer = (what: Answer) => process.send?.(what)
  process.on('message', (asked: Ask) => {
    if (asked === 'heard') answer({ heard: clients.heard })
    else if (asked === 'close') {
      clients.close()
      answer({ closed: true })
    } else void clients.open(asked.open).then((open) => answer({ open }))
  })
}
