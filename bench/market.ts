import { spawn, spawnSync } from 'node:child_process'
import { fillHours, hoursMade } from './hours.ts'
import { atLeast, atMost, type Line, median } from './line.ts'
import { memoryOf, type RunningServer, signIn } from './server.ts'
import { asSuperuser, onGround, orgId, type Stage, staffOf, superuserUrl } from './stage.ts'

const rounds = 5
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)

/** The report's own sums, as somebody would ask for them at psql. */
const weekly = (org: string, from: string, until: string) => `
  select c.name, s.week_ending, s.members, s.regular, s.overtime, s.subsidy from (
    select h.contractor, h.week_ending, count(distinct h.member) as members, sum(h.regular) as regular,
      sum(h.overtime) as overtime, sum(h.subsidy) as subsidy
    from market_recovery.hours h
    where h.org_id = '${org}' and h.state in ('submitted', 'approved', 'paid')
      and h.week_ending between '${from}' and '${until}'
    group by h.contractor, h.week_ending
  ) s join market_recovery.contractor c on c.org_id = '${org}' and c.id = s.contractor order by c.name, s.week_ending`

/** Market recovery at two million weeks of hours: a quarter's report, and all of it as a file. */
export async function measureMarket(stage: Stage, server: RunningServer): Promise<Line[]> {
  const psql = spawnSync('psql', ['--version']).status === 0
  const { org, url } = await onGround(stage, (ground) =>
    asSuperuser(stage, ground, async (superuser) => {
      const home = await orgId(superuser, stage.large)
      await fillHours(superuser, home)
      return { org: home, url: superuserUrl(stage, ground) }
    }),
  )
  const token = await signIn(server, staffOf(stage.large), stage.password)
  const get = (path: string) => drained(`${server.url}/api/v1/orgs/${stage.large}${path}`, token)
  const [from, until] = [day(100), day(9)]
  const report = `/reports/market-recovery.weekly-hours?from=${from}&until=${until}`
  const ask = () => atPsql(url, weekly(org, from, until))
  const ours: number[] = []
  const bare: number[] = []
  await get(report)
  for (let round = 0; round < rounds; round++) {
    ours.push((await get(report)).ms)
    if (psql) bare.push(await ask())
  }
  const lines: Line[] = [
    {
      name: 'weekly hours of a quarter, as JSON',
      unit: 'ms',
      ours: median(ours),
      ...(psql ? { limit: { name: 'its SQL through psql', value: median(bare) } } : {}),
      ...(psql ? { judged: median(bare) / median(ours), bar: atLeast(0.5) } : {}),
    },
  ]
  return [...lines, ...(await measureFile(server, get, psql ? () => atPsql(url, copyOf(org)) : null))]
}

const copyOf = (org: string) => `copy (select * from market_recovery.hours where org_id = '${org}') to stdout csv`

async function measureFile(
  server: RunningServer,
  get: (path: string) => Promise<{ ms: number; bytes: number }>,
  copy: (() => Promise<number>) | null,
): Promise<Line[]> {
  const before = await memoryOf(server)
  let most = before
  const looking = setInterval(() => void memoryOf(server).then((now) => (most = Math.max(most, now))), 500)
  const { ms } = await get('/hours/export?format=csv')
  clearInterval(looking)
  const limit = copy ? { name: '\\copy of the table', value: hoursMade / ((await copy()) / 1000) } : undefined
  return [
    {
      name: `CSV of ${hoursMade.toLocaleString('en-US')} weeks of hours`,
      unit: 'rows/s',
      ours: hoursMade / (ms / 1000),
      ...(limit ? { limit, bar: atLeast(0.25) } : {}),
    },
    { name: 'memory, this file', unit: 'MB', ours: most - before, bar: atMost(100) },
  ]
}

/** Reads an answer to its end, and keeps nothing of it. */
async function drained(url: string, token: string): Promise<{ ms: number; bytes: number }> {
  const begun = performance.now()
  const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`)
  let bytes = 0
  for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length
  return { ms: performance.now() - begun, bytes }
}

/** Milliseconds of one statement at psql, its answer thrown away. */
function atPsql(url: string, sql: string): Promise<number> {
  const begun = performance.now()
  return new Promise((done, fail) => {
    const child = spawn('psql', ['-X', '-q', '-d', url, '-c', sql], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', fail)
    child.on('exit', (code) => (code ? fail(new Error(`psql ended with ${code}.`)) : done(performance.now() - begun)))
  })
}
