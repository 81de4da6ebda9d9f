import { addWords, type Module } from '@commonhall/kernel'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Ground, provision } from './database/provision.ts'
import { migrate } from './database/migrate.ts'
import { Engine } from './engine.ts'
import { foundation } from './foundation/module.ts'
import { buildServer } from './http/server.ts'
import { makeLog } from './log.ts'
import { openParts } from './parts.ts'
import { Registry } from './registry.ts'
import type { Settings } from './settings.ts'
import { words } from './words/en.ts'

addWords('engine', words)

/** A house that stands: its database up to date, its engine wired, nothing listening yet. */
export interface House {
  readonly engine: Engine
  readonly ground: Ground
  /** Builds the HTTP server; `webFolder` holds the built pages. */
  server(webFolder?: string | null): Promise<FastifyInstance>
  close(): Promise<void>
}

export const registryOf = (modules: readonly Module[]) => new Registry([foundation, ...modules])

/** Starts or finds the database, brings it up to date, and wires the engine. */
export async function raiseHouse(
  settings: Settings,
  modules: readonly Module[],
  log: Logger = makeLog('info'),
): Promise<House> {
  const registry = registryOf(modules)
  const ground = await provision(settings)
  try {
    return await openOn(settings, registry, ground, log)
  } catch (error) {
    await ground.stop()
    throw error
  }
}

/** Opens the house on a database that is already running. */
export async function openOn(
  settings: Settings,
  registry: Registry,
  ground: Ground,
  log: Logger,
  migrated = false,
): Promise<House> {
  const engine = new Engine(settings, registry, ground.appUrl, log)
  const parts = openParts(engine)
  if (!migrated) {
    const ran = await migrate(ground.ownerUrl, registry.modules, engine.jobs.wanted)
    if (ran.length) log.info({ ran }, 'migrated')
  }
  await engine.refuseToBypass()
  await engine.jobs.start()
  return {
    engine,
    ground,
    server: (webFolder = null) => buildServer(engine, parts, webFolder),
    async close() {
      await engine.close()
      await ground.stop()
    },
  }
}
