import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Fields, OrgKind } from '@commonhall/kernel'
import { refuse, say } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
import type { Registry } from '../registry.ts'
import { actAsHost, greetHost, hostPath, type Meanings, orgUrl, slugOf, tags } from './door.ts'
import { bodySchema, changing, fileRoom, founding, inviting, readBody, suspending, switching, wrong } from './fields.ts'
import { keepSchedulesSoon } from './keep-schedules.ts'
import { inviteAdmin } from './invite-admin.ts'
import { boundReason, boundTo, refuseUnknown } from './modules.ts'
import { readOrg } from './orgs.ts'
import { modulesFor, presetFor, rolesOf } from './presets.ts'
import { hostOrgParameters, orgReply } from './schemas.ts'

type Values = Readonly<Record<string, unknown>>

/** One thing that a host does with an org. It asks for fresh proof, and is told in the org's trail. */
interface Act {
  readonly method: 'POST' | 'PATCH'
  /** Below the org's address. */
  readonly url: string
  readonly summary: string
  readonly operationId: string
  readonly fields: Fields
  readonly run: (http: Http, request: FastifyRequest, values: Values) => Promise<unknown>
}

const acts: readonly Act[] = [
  {
    method: 'PATCH',
    url: '',
    summary: 'Rename an organization, or give it another color or time zone',
    operationId: 'hostChangeOrganization',
    fields: changing,
    run: (http, request, { name = null, accent = null, time_zone: zone = null }) =>
      actAsHost(http, request, 'host_change_org', [slugOf(request), name, accent, zone], unknownZone(zone)),
  },
  {
    method: 'POST',
    url: '/switch-on',
    summary: 'Switch a module on for an organization',
    operationId: 'hostSwitchOn',
    fields: switching,
    run: (http, request, { module }) => switchModule(http, request, module as string, true),
  },
  {
    method: 'POST',
    url: '/switch-off',
    summary: 'Switch a module off for an organization; what it holds is kept',
    operationId: 'hostSwitchOff',
    fields: switching,
    run: (http, request, { module }) => switchModule(http, request, module as string, false),
  },
  {
    method: 'POST',
    url: '/suspend',
    summary: 'Close an organization to everybody in it, with the reason that they are told',
    operationId: 'hostSuspendOrganization',
    fields: suspending,
    run: (http, request, { reason }) =>
      actAsHost(http, request, 'host_suspend_org', [slugOf(request), reason], {
        CH409: () => refuse('conflict', say('host:suspended_already')),
      }),
  },
  {
    method: 'POST',
    url: '/resume',
    summary: 'Open a suspended organization again',
    operationId: 'hostResumeOrganization',
    fields: {},
    run: (http, request) =>
      actAsHost(http, request, 'host_suspend_org', [slugOf(request), null], {
        CH409: () => refuse('conflict', say('host:not_suspended')),
      }),
  },
  {
    method: 'POST',
    url: '/file-quota',
    summary: 'Set how many bytes of files an organization may keep; without a number, as many as usual',
    operationId: 'hostSetFileQuota',
    fields: fileRoom,
    run: (http, request, { bytes = null }) => actAsHost(http, request, 'host_set_file_quota', [slugOf(request), bytes]),
  },
  {
    method: 'POST',
    url: '/invite-admin',
    summary: 'Invite somebody to be the admin of an organization that has none',
    operationId: 'hostInviteAdmin',
    fields: inviting,
    run: inviteAdmin,
  },
]

export function registerActs(http: Http): void {
  const { app } = http
  for (const { method, url, summary, operationId, fields, run } of acts) {
    app.route({
      method,
      url: `${orgUrl}${url}`,
      schema: {
        tags,
        summary,
        operationId,
        params: hostOrgParameters,
        body: bodySchema(fields, method === 'PATCH'),
        response: { 200: jsonReply('The organization', orgReply), ...refusals(409, 429) },
      },
      async handler(request) {
        await greetHost(http, request)
        await run(http, request, readBody(fields, request.body, method === 'PATCH'))
        await keepSchedulesSoon(http.engine)
        return await readOrg(http, request)
      },
    })
  }
  app.post(`${hostPath}/orgs`, {
    schema: {
      tags,
      summary: 'Found an organization, as the preset of its kind has it',
      operationId: 'hostFoundOrganization',
      body: bodySchema(founding),
      response: {
        201: jsonReply('The organization', orgReply, { location: { schema: { type: 'string' } } }),
        ...refusals(409),
      },
    },
    handler: (request, reply) => found(http, request, reply),
  })
}

async function found(http: Http, request: FastifyRequest, reply: FastifyReply) {
  await greetHost(http, request)
  const { registry } = http.engine
  const values = readBody(founding, request.body)
  const { slug, name, kind } = values as { slug: string; name: string; kind: OrgKind }
  const preset = presetFor(kind)
  const modules = (values['modules'] as readonly string[] | null) ?? modulesFor(registry.modules, kind)
  refuseUnknown(registry, 'modules', modules)
  refuseUnmet(registry, modules)
  const { accent, time_zone: zone } = values
  await actAsHost(
    http,
    request,
    'host_found_org',
    [slug, name, kind, accent ?? preset.accent, zone ?? preset.timeZone, [...new Set(modules)], rolesOf(preset)],
    { 23505: () => refuse('conflict', say('host:slug_taken', { slug }), taken(slug)), ...unknownZone(zone) },
  )
  await keepSchedulesSoon(http.engine)
  return reply
    .code(201)
    .header('location', `${hostPath}/orgs/${slug}`)
    .send(await readOrg(http, request, slug))
}

/** The database knows time zones of its own, and a few fewer than the server. */
const unknownZone = (zone: unknown): Meanings => ({
  22023: () => wrong('time_zone', say('host:no_time_zone', { zone })),
})

const taken = (slug: string) => ({
  errors: [{ path: 'slug', code: 'taken', message: say('host:slug_taken', { slug }) }],
})

/** A module without one that it needs would not work. */
function refuseUnmet(registry: Registry, modules: readonly string[]): void {
  for (const name of modules) {
    const other = boundTo(registry, name, false).find((one) => !modules.includes(one))
    if (other) wrong('modules', boundReason(registry, name, other, false))
  }
}

async function switchModule(http: Http, request: FastifyRequest, module: string, isOn: boolean): Promise<void> {
  const { registry } = http.engine
  refuseUnknown(registry, 'module', [module])
  const meanings: Meanings = {
    CH409: ({ detail = '' }) => refuse('conflict', boundReason(registry, module, detail, !isOn)),
  }
  const bound = boundTo(registry, module, !isOn)
  await actAsHost(http, request, 'host_switch_module', [slugOf(request), module, isOn, bound], meanings)
}
