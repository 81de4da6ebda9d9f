import { Readable } from 'node:stream'
import type pg from 'pg'
import { type Engine, findOrg, houseCaller, importFile } from '@commonhall/engine'
import { copyIn } from './copy-in.ts'
import { atLeast, atMost, type Line } from './line.ts'

const headings = 'Card No,Last Name,First Name,Middle,Birth Date,Phone,Address,Class,Standing,Joined'
const columns =
  'card_number, last_name, first_name, middle_name, birth_on, phone, address, classification, state, joined_on'
const families = ['Okafor', 'Nguyen', 'Smith', 'García', 'Kowalski', "O'Brien", 'Van Dyke', 'Haddad', 'Lindqvist']
const given = ['Ada', 'Ben', 'Carmen', 'Dmitri', 'Eun-ji', 'Fatima', 'Gus', 'Hana', 'Ivo', 'June', 'Kofi']

const two = (n: number) => String(n).padStart(2, '0')

/** A plausible member: as long as a real one, and another one for each number. */
function record(prefix: string, n: number): string {
  const family = `${families[n % families.length]}-${families[(n * 7) % families.length]}`
  return [
    `${prefix}${n}`,
    family,
    given[n % given.length],
    `${String.fromCharCode(65 + (n % 26))}.`,
    `19${two(40 + (n % 60))}-${two(1 + (n % 12))}-${two(1 + (n % 28))}`,
    `202-555-${String(n % 10_000).padStart(4, '0')}`,
    `${n % 999} ${families[(n * 3) % families.length]} Street Springfield IL 6270${n % 10}`,
    'Journeyman',
    'active',
    `20${two(n % 26)}-0${1 + (n % 9)}-15`,
  ].join(',')
}

/** A file of so many members, made while it is read, so that it holds no memory itself. */
function* file(prefix: string, count: number, first = ''): Generator<Buffer> {
  let text = first
  for (let n = 1; n <= count; n++) {
    text += `${record(prefix, n)}\n`
    if (text.length < 64_000 && n < count) continue
    yield Buffer.from(text)
    text = ''
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function bring(engine: Engine, slug: string, prefix: string, rows: number): Promise<void> {
  const org = await findOrg(engine.database, slug)
  if (!org) throw new Error(`There is no org ${slug}.`)
  const bytes = Readable.from(file(prefix, rows, `${headings}\n`))
  const { result } = await importFile(engine, houseCaller(org, 'command'), {
    resource: 'members',
    name: 'roll.csv',
    bytes,
  })
  if (result.imported !== rows) throw new Error(`${result.imported} of ${rows} rows were imported.`)
}

/**
 * Rows per second from the file's first byte to the last commit, beside COPY of the same rows into the same table with
 * its indexes and its audit trail. COPY does not go through row-level security, so the superuser runs it.
 */
export async function benchImport(
  engine: Engine,
  superuser: pg.Client,
  rows = 100_000,
  slug = 'local-100',
): Promise<Line> {
  const org = await findOrg(engine.database, slug)
  const copied = await timed(async () => {
    await superuser.query('begin')
    await superuser.query("select set_config('app.org', $1, true)", [org?.id])
    await copyIn(
      superuser,
      `copy members.member (${columns}) from stdin with (format csv)`,
      Readable.from(file('C-', rows)),
    )
    await superuser.query('commit')
  })
  const imported = await timed(() => bring(engine, slug, 'I-', rows))
  return {
    name: `import of ${rows.toLocaleString('en-US')} rows`,
    unit: 'rows/s',
    ours: rows / imported,
    limit: { name: 'COPY', value: rows / copied },
    bar: atLeast(0.25),
  }
}

/** The most memory that the process holds while a large file comes in. */
export async function benchImportMemory(engine: Engine, rows = 1_000_000, slug = 'local-200'): Promise<Line> {
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
  await bring(engine, slug, 'M-', rows).finally(() => clearInterval(watch))
  return {
    name: `memory, import of ${rows.toLocaleString('en-US')} rows`,
    unit: 'MB',
    ours: most / 1024 / 1024,
    bar: atMost(300),
  }
}
