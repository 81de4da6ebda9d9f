import { sentenceCase } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
import { greetHost, hostPath, tags } from './door.ts'
import { boundTo } from './modules.ts'
import { accents, hasSwitch, modulesFor, presets } from './presets.ts'
import { presetsReply } from './schemas.ts'

/** What orgs of each kind start with, and what there is to choose from. */
export function registerPresets(http: Http): void {
  const { app, engine } = http
  const { registry } = engine
  app.get(`${hostPath}/presets`, {
    schema: {
      tags,
      summary: 'What organizations of each kind start with',
      operationId: 'hostListPresets',
      response: { 200: jsonReply('Presets and choices', presetsReply), ...refusals() },
    },
    async handler(request) {
      await greetHost(http, request)
      return {
        data: presets.map(({ kind, accent, timeZone, roles }) => ({
          kind,
          label: sentenceCase(kind),
          accent,
          time_zone: timeZone,
          roles: roles.map(sentenceCase),
          modules: modulesFor(registry.modules, kind),
        })),
        modules: registry.modules
          .filter(hasSwitch)
          .map(({ name, label, purpose }) => ({ name, label, purpose, needs: boundTo(registry, name, false) })),
        accents,
      }
    },
  })
}
