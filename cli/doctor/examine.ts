import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Engine, type Ground, makeLog, provision, readSettings, registryOf, type Settings } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { allModules } from '../../server.ts'
import { driftLines, pendingMigrations } from '../migrate.ts'
import { examineStorage } from './files.ts'
import type { Finding } from './finding.ts'
import { checkFolder } from './folder.ts'
import { checkNode } from './node.ts'
import { examineProofs } from './proofs.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Looks at everything, from the ground up; what stands on something broken is not looked at. Changes nothing. */
export async function* examine(environment: Environment, quick = false): AsyncGenerator<Finding> {
  yield checkNode()
  yield checkWeb()
  const dir = environment['DATA_DIR'] || 'data'
  // Looked at first: reading the settings makes the folder.
  if (!environment['DATABASE_URL'] && !existsSync(join(dir, 'postgres'))) {
    return yield { name: 'folder', fault: say('cli:doctor.no_folder') }
  }
  const settings = lookAt(() => readSettings(environment))
  if (settings instanceof Error) return yield { name: 'settings', fault: settings.message }
  yield { name: 'settings', found: say(settings.production ? 'cli:doctor.production' : 'cli:doctor.trial') }
  if (!settings.databaseUrl) yield checkFolder(settings.dataDir)
  yield* examineDatabase(settings, quick)
}

function lookAt<Value>(look: () => Value): Value | Error {
  try {
    return look()
  } catch (error) {
    return error as Error
  }
}

const index = join(import.meta.dirname, '../../web/dist/index.html')

const checkWeb = (): Finding =>
  existsSync(index)
    ? { name: 'web', found: say('cli:doctor.web_built') }
    : { name: 'web', fault: say('cli:doctor.web_missing') }

async function* examineDatabase(settings: Settings, quick: boolean): AsyncGenerator<Finding> {
  let ground: Ground
  try {
    ground = await provision(settings)
  } catch (error) {
    return yield { name: 'database', fault: say('cli:doctor.unreachable', { reason: (error as Error).message }) }
  }
  try {
    yield { name: 'database', found: say(settings.databaseUrl ? 'cli:doctor.own_database' : 'cli:doctor.embedded') }
    yield* examineGround(settings, ground, quick)
  } finally {
    await ground.stop()
  }
}

async function* examineGround(settings: Settings, ground: Ground, quick: boolean): AsyncGenerator<Finding> {
  const registry = registryOf(await allModules())
  const pending = await pendingMigrations(ground, registry)
  if (pending.length)
    return yield {
      name: 'migrations',
      fault: say('cli:migrate.pending', { count: pending.length, names: pending.join(', ') }),
    }
  yield { name: 'migrations', found: say('cli:doctor.up_to_date') }
  const drift = await driftLines(ground, registry)
  yield drift.length
    ? { name: 'drift', fault: drift.join('\n') }
    : { name: 'drift', found: say('cli:migrate.no_drift') }
  const engine = new Engine(settings, registry, ground.appUrl, makeLog('silent'))
  try {
    yield await tried('role', say('cli:doctor.bound'), () => engine.refuseToBypass())
    yield await tried('queue', say('cli:doctor.answers'), async () => {
      await engine.jobs.start()
      await engine.jobs.ping()
    })
    yield await checkMail(engine)
    yield* examineStorage(engine, quick)
    yield await checkScanner(engine)
    yield* examineProofs(engine, ground)
  } finally {
    await engine.close()
  }
}

/** Whether the mail server answers and lets us in. Nothing is sent. */
async function checkMail({ post }: Engine): Promise<Finding> {
  if (post.isMailbox) return { name: 'mail', found: say('cli:doctor.mail_kept') }
  if (post.way === 'none') return { name: 'mail', fault: say('cli:doctor.mail_nowhere') }
  return await tried('mail', say('cli:doctor.mail_answers', { way: post.way }), () => post.check())
}

/** Whether something looks for viruses in files, and what becomes of them where nothing does. */
async function checkScanner({ files: { scanner } }: Engine): Promise<Finding> {
  const name = 'scanner'
  if (!scanner.isSet)
    return scanner.without === 'hold'
      ? { name, fault: say('cli:doctor.scanner_holds') }
      : { name, found: say('cli:doctor.scanner_none') }
  const version = await scanner.version()
  return version ? { name, found: version } : { name, fault: say('cli:doctor.scanner_away') }
}

async function tried(name: Finding['name'], found: string, look: () => Promise<void>): Promise<Finding> {
  try {
    await look()
    return { name, found }
  } catch (error) {
    return { name, fault: (error as Error).message }
  }
}
