import {
  draftTable,
  findDrift,
  type Ground,
  listMigrations,
  makeLog,
  openOn,
  provision,
  readSettings,
  registryOf,
  withClient,
} from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { allModules } from '../server.ts'
import { type Command, type ExitCode, tell, warn, WrongUse } from './command.ts'

type Registry = ReturnType<typeof registryOf>

/** Migrations, their drafts, and whether the database is what the resources declare. */
export const migrateCommand: Command = {
  name: 'migrate',
  options: { draft: { type: 'string' }, check: { type: 'boolean' } },
  async run({ values: { draft, check } }) {
    const registry = registryOf(await allModules())
    if (typeof draft === 'string') return printDraft(registry, draft)
    return check ? await checkDrift(registry) : await migrateAll(registry)
  },
}

/** Names of the migrations that have not run on this database. */
export const pendingMigrations = async ({ ownerUrl }: Ground, registry: Registry): Promise<string[]> =>
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ kept: string | null }>("select to_regclass('foundation.migration') as kept")
    const done = rows[0]?.kept
      ? (await client.query<{ key: string }>("select module || '/' || name as key from foundation.migration")).rows
      : []
    const names = listMigrations(registry.modules).map(({ module, name }) => `${module}/${name}`)
    return names.filter((name) => !done.some(({ key }) => key === name))
  })

/** What differs between the declared resources and the database, one line each, with the SQL that would mend it. */
export const driftLines = async ({ ownerUrl }: Ground, { resources }: Registry): Promise<string[]> => {
  const drifts = await withClient(ownerUrl, (client) => findDrift(client, resources))
  return drifts.map(({ table, problem, mend }) => [`${table}: ${problem}`, ...(mend ? [`  ${mend}`] : [])].join('\n'))
}

function printDraft({ resources, paths }: Registry, name: string): ExitCode {
  const resource = resources.get(name) ?? paths.get(name)
  if (!resource) throw new WrongUse(say('cli:migrate.no_resource', { name, known: [...resources.keys()].join(', ') }))
  tell(draftTable(resource, resources).trimEnd())
  return 0
}

async function checkDrift(registry: Registry): Promise<ExitCode> {
  const ground = await provision(readSettings(process.env))
  try {
    const pending = await pendingMigrations(ground, registry)
    if (pending.length) warn(say('cli:migrate.pending', { count: pending.length, names: pending.join(', ') }))
    const lines = pending.length ? [] : await driftLines(ground, registry)
    for (const line of lines) tell(line)
    if (!pending.length && !lines.length) tell(say('cli:migrate.no_drift'))
    return pending.length || lines.length ? 1 : 0
  } finally {
    await ground.stop()
  }
}

async function migrateAll(registry: Registry): Promise<ExitCode> {
  const settings = readSettings(process.env)
  const ground = await provision(settings)
  try {
    const pending = await pendingMigrations(ground, registry)
    // Opening the house is what migrates, in every command alike.
    const { engine } = await openOn(settings, registry, ground, makeLog('warn'))
    await engine.close()
    for (const name of pending) tell(name)
    tell(say('cli:migrate.done', { count: pending.length }))
    return 0
  } finally {
    await ground.stop()
  }
}
