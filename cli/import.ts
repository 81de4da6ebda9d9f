import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Engine, findOrg, houseCaller, importFile, type ImportPreview, readMap } from '@commonhall/engine'
import { refuse, say } from '@commonhall/kernel'
import { type Command, type ExitCode, tell, WrongUse } from './command.ts'
import { withHouse } from './open.ts'

/** A file into the records of an org. Rows that are refused are told; the import itself is then done. */
export const importCommand: Command = {
  name: 'import',
  takes: ['LIST', 'FILE'],
  options: {
    org: { type: 'string' },
    map: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run({ values, positionals: [list = '', file = ''] }) {
    const { org, map = [], json, 'dry-run': dryRun = false } = values as Options
    if (!org) throw new WrongUse(say('cli:import.whose'))
    if (!(await stat(file).catch(() => null))?.isFile()) refuse('not_found', say('cli:import.no_file', { file }))
    const wanted = { list, file, org, map: await readMaps(map), dryRun, json: Boolean(json) }
    return await withHouse(({ engine }) => bringIn(engine, wanted))
  },
}

interface Options {
  readonly org?: string
  readonly map?: readonly string[]
  readonly 'dry-run'?: boolean
  readonly json?: boolean
}

interface Wanted {
  readonly list: string
  readonly file: string
  readonly org: string
  readonly map: ReturnType<typeof readMap>
  readonly dryRun: boolean
  readonly json: boolean
}

async function bringIn(engine: Engine, { list, file, org: slug, map, dryRun, json }: Wanted): Promise<ExitCode> {
  const org = (await findOrg(engine.database, slug)) ?? refuse('not_found', say('engine:access.no_org_at', { slug }))
  const caller = houseCaller(org, 'command', { name: say('cli:import.actor') })
  const { result } = await importFile(engine, caller, {
    resource: list,
    name: basename(file),
    bytes: createReadStream(file),
    map,
    dryRun,
    ...(json ? {} : { onRead: (preview) => tell(describe(preview)) }),
  })
  if (json) {
    tell(JSON.stringify(result))
    return 0
  }
  for (const { row, column, message } of result.errors) {
    tell(column === null ? say('cli:import.row', { row, message }) : say('cli:import.cell', { row, column, message }))
  }
  tell(say(dryRun ? 'cli:import.tried' : 'cli:import.done', { ...result }))
  return 0
}

/** Each `--map` is a JSON file, or one `Heading=field`; nothing after the sign leaves the column out. */
async function readMaps(maps: readonly string[]): Promise<ReturnType<typeof readMap>> {
  const pairs: Record<string, string | null> = {}
  for (const map of maps) {
    const [, heading, to] = /^(.+)=([^=]*)$/.exec(map) ?? []
    if (heading === undefined) return readMap(await parsedFile(map))
    pairs[heading.trim()] = to?.trim() || null
  }
  return readMap(pairs)
}

async function parsedFile(path: string): Promise<object> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as object
  } catch {
    return refuse('invalid', say('cli:import.bad_map', { path }))
  }
}

/** What was recognized, before anything is written. */
function describe({ encoding, delimiter, header_row, date_order, mapping }: ImportPreview): string {
  const between = delimiter === '\t' ? 'tab' : (delimiter ?? 'xlsx')
  const shown = { encoding, delimiter: between, header: header_row ?? 0, dates: date_order }
  return [
    say('cli:import.recognized', shown),
    ...mapping.columns.map(({ heading, to }) =>
      to === null ? say('cli:import.left_out', { heading }) : say('cli:import.column', { heading, to }),
    ),
    ...Object.entries(mapping.constants).map(([field, value]) => say('cli:import.constant', { field, value })),
  ].join('\n')
}
