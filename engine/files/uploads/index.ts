/** How bytes come in, and how those go that nobody needs. */
import multipart from '@fastify/multipart'
import { addWords, isAttachable } from '@commonhall/kernel'
import type { Engine } from '../../engine.ts'
import type { Part } from '../../http/server.ts'
import { registerDirect } from './direct.ts'
import { Intake } from './intake.ts'
import { registerForm } from './multipart.ts'
import { registerUploads, rememberingSenders } from './routes.ts'
import { registerFileSettings } from './settings-route.ts'
import { sweepFiles } from './sweep/sweep.ts'
import { words } from './words/en.ts'

addWords('uploads', words)

/** Wires uploads to the engine: their sweep, and the routes. */
export function openUploads(engine: Engine, intake = new Intake(engine.meters, engine.settings.connections)): Part {
  engine.jobs.addHouseJob(sweepFiles(engine))
  return async (http) => {
    await http.app.register(async (app) => {
      await app.register(multipart)
      const scope = { ...http, app, intake, authenticate: rememberingSenders(http.authenticate) }
      registerUploads(scope)
      registerDirect(scope)
      registerFileSettings(scope)
      for (const resource of engine.registry.resources.values())
        if (isAttachable(resource)) registerForm(scope, resource)
    })
  }
}
