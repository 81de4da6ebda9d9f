import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { greeting, makeLog, openDemo, raiseHouse, readSettings } from '@commonhall/engine'
import type { Module } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'

const root = import.meta.dirname

/** The built-in modules, then the plugins: folders under plugins/ whose module.ts (or .js) exports one `plugin`. */
export async function allModules(): Promise<readonly Module[]> {
  const files = readdirSync(join(root, 'plugins'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      ['module.ts', 'module.js']
        .map((file) => join(root, 'plugins', name, file))
        .filter((file) => existsSync(file))
        .slice(0, 1),
    )
  const plugins = await Promise.all(
    files.map(async (file) => ((await import(pathToFileURL(file).href)) as { plugin: Module }).plugin),
  )
  return [...catalog, ...plugins]
}

/** Raises the house, fills an empty one with the demo world, and serves until told to stop. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const settings = readSettings(environment)
  const log = makeLog(environment['LOG_LEVEL'] ?? 'info')
  const house = await raiseHouse(settings, await allModules(), log)
  const demo = settings.production ? null : await openDemo(house, settings.demoPassword)
  const app = await house.server(join(root, 'web/dist'))
  await house.engine.startWork()
  const address = await app.listen({ host: settings.host, port: settings.port })
  process.stdout.write(greeting(address, demo))
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping')
    void app
      .close()
      .then(() => house.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

if (import.meta.main) await serve(process.env)
