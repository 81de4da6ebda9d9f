import { fileTypes } from '@commonhall/kernel'
import { type Http, orgPath, reading } from '../../http/door.ts'
import { file } from '../file.ts'
import { usageOf } from './quota.ts'
import { settings } from './schemas.ts'

/** What the page says before somebody chooses a file: how much room there is, and what is taken. */
export function registerFileSettings(http: Http): void {
  const { app, engine } = http
  app.get(`${orgPath}/file-settings`, {
    schema: settings,
    handler: reading(http, 'foundation', async (caller) => {
      engine.records.permit(caller, file, 'read')
      const { quota, used } = await usageOf(engine, caller.access)
      const { settings: of, stores, scanner: looking } = engine.files
      const scanner = { state: await looking.state(), without: looking.without }
      return {
        quota,
        used,
        largest: of.largest,
        types: fileTypes,
        scanner,
        store: stores.current.name,
        direct: !!stores.current.direct,
      }
    }),
  })
}
