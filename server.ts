import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  attachDemoFiles,
  greeting,
  makeLog,
  openDemo,
  raiseHouse,
  readSettings,
  type Settings,
} from '@commonhall/engine'
import { type Module, refuse, say } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'

const root = import.meta.dirname

type Log = ReturnType<typeof makeLog>

/** The built-in modules, then the plugins: folders under plugins/ whose module.ts (or .js) exports one `plugin`. */
export async function allModules(): Promise<readonly Module[]> {
  const folders = readdirSync(join(root, 'plugins'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const files = folders.flatMap(({ name }) => {
    const shapes = ['module.ts', 'module.js'].map((file) => join(root, 'plugins', name, file))
    return shapes.filter((file) => existsSync(file)).slice(0, 1)
  })
  const plugins = files.map(async (file) => ((await import(pathToFileURL(file).href)) as { plugin: Module }).plugin)
  return [...catalog, ...(await Promise.all(plugins))]
}

/** How long running downloads may go on once the server is told to stop; containers give it ten seconds in all. */
const patience = 6_000

type Environment = Readonly<Record<string, string | undefined>>

/** Raises the house, fills an empty one with the demo world, and serves until told to stop. */
export const serve = (environment: Environment): Promise<void> => untilTold(environment, openHouse)

/** Raises the house and works through the queue until told to stop, beside any number of others that do. */
export const work = (environment: Environment): Promise<void> => untilTold(environment, openWorkshop)

/** Answers how to close what it has opened. */
type Opens = (settings: Settings, log: Log) => Promise<() => Promise<void>>

async function untilTold(environment: Environment, open: Opens): Promise<void> {
  const settings = readSettings(environment)
  const log = makeLog(environment['LOG_LEVEL'] ?? 'info')
  const opening = open(settings, log)
  // From the first moment on: a database that has been started must not outlive a start that is broken off.
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping')
    void opening
      .then((close) => close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  await opening
}

/** Raises the house, opens its door and says where it is. Answers how to close all of it. */
async function openHouse(settings: Settings, log: Log): Promise<() => Promise<void>> {
  const house = await raiseHouse(settings, await allModules(), log)
  try {
    const demo = settings.production ? null : await openDemo(house, settings.demoPassword)
    const app = await house.server(join(root, 'web/dist'))
    if (settings.works) await house.engine.startWork()
    const address = await app.listen({ host: settings.host, port: settings.port }).catch(async (error: unknown) => {
      await app.close()
      throw error
    })
    process.stdout.write(greeting(address, demo))
    // Nobody waits for these, and a demo without them is still one.
    if (demo?.isNew && demo.password)
      await attachDemoFiles(app, demo.password).catch((error: unknown) => log.warn({ err: error }, 'demo files'))
    return async () => {
      const deadline = setTimeout(() => app.server.closeAllConnections(), patience)
      // Work ends while requests do.
      await Promise.allSettled([app.close(), house.engine.jobs.endWork()])
      await house.close()
      clearTimeout(deadline)
    }
  } catch (error) {
    await house.close()
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    return refuse('conflict', say('engine:start.port_taken', { port: settings.port }))
  }
}

/** All connections but two are for jobs: nobody else wants them here. */
async function openWorkshop(settings: Settings, log: Log): Promise<() => Promise<void>> {
  const house = await raiseHouse(settings, await allModules(), log)
  try {
    await house.engine.startWork(Math.max(1, settings.connections - 2))
  } catch (error) {
    await house.close()
    throw error
  }
  process.stdout.write(`${say('engine:start.working')}\n`)
  return () => house.close()
}

if (import.meta.main) await serve(process.env)
