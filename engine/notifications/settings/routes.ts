import { type Http, orgPath, reading, writing } from '../../http/door.ts'
import { jsonReply, orgParameters, refusals } from '../../http/schemas.ts'
import { permitOwn } from '../inbox/routes.ts'
import { changeSettings, settingOf, shownSettings } from './own-settings.ts'
import { settingsChange, settingsSchema } from '../schemas.ts'
import { readSettings } from './input.ts'

const tags = ['Notifications']
const url = `${orgPath}/notification-settings`
const reply = jsonReply('How you are told', settingsSchema)

/** How one wants to be told: of what, by which way, and at what hours. */
export function registerSettings(http: Http): void {
  const { app, engine } = http
  app.get(url, {
    schema: {
      tags,
      operationId: 'readNotificationSettings',
      summary: 'How you are told of what',
      params: orgParameters,
      response: { 200: reply, ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller) => {
      permitOwn(caller)
      const read = engine.database.read.bind(engine.database, caller.access)
      return shownSettings(engine, caller, await settingOf(read, caller.actor.userId))
    }),
  })
  app.patch(url, {
    schema: {
      tags,
      operationId: 'changeNotificationSettings',
      summary: 'Change how you are told of what',
      params: orgParameters,
      body: settingsChange,
      response: { 200: reply, ...refusals(409) },
    },
    handler: writing(http, 'foundation', async (caller, transaction, request) => {
      permitOwn(caller)
      const change = readSettings(request.body, caller.org.timeZone)
      const row = await changeSettings(engine, transaction, caller, change)
      return { status: 200, body: shownSettings(engine, caller, row) }
    }),
  })
}
