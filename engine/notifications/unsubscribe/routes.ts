import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Engine } from '../../engine.ts'
import type { Http } from '../../http/door.ts'
import { jsonReply, refusals } from '../../http/schemas.ts'
import { maybe, object } from '../../http/shapes.ts'
import { unsubscribeSchema } from '../schemas.ts'
import { allMail, type Unsubscribed, type UnsubscribeLinks } from './links.ts'
import { asUnsubscriber, masked, paceOf, unsubscribe, type Wanted } from './unsubscribing.ts'
import type { Person } from '../recipients.ts'
import { hasModule, type OpenOrg } from '../../caller.ts'

const url = '/api/v1/unsubscribe/:token'
const longestForm = 4096

const params = {
  type: 'object',
  required: ['token'],
  properties: { token: { type: 'string', maxLength: 400, description: 'From the link in a mail' } },
} as const

const described = (operationId: string, summary: string) => ({
  tags: ['Notifications'],
  operationId,
  summary,
  security: [],
  params,
  response: { 200: jsonReply('How it is now', unsubscribeSchema), ...refusals(409) },
})

/** What links in mails lead to, without sign-in: looking changes nothing, POST ends it (RFC 8058), DELETE undoes it. */
export async function registerUnsubscribing({ app, engine }: Http, links: UnsubscribeLinks): Promise<void> {
  await app.register(async (scope) => {
    takeForms(scope)
    const answer = async (request: FastifyRequest, wanted: Wanted | null) => {
      const { token } = request.params as { token: string }
      const said = links.open(token)
      return (said && (await carryOut(engine, said, wanted))) ?? refuse('not_found', say('notifications:no_link'))
    }
    scope.get(url, {
      schema: described('readUnsubscribeLink', 'What a link in a mail would switch off, and whether it is off'),
      handler: (request, reply) => (wantsPage(request) ? toPage(request, reply) : answer(request, null)),
    })
    scope.post(url, {
      schema: {
        ...described('unsubscribe', 'End such mail, with one click in a mail program or on the page'),
        body: maybe(object({ all: { const: true, description: 'End all mail of the organization' } }, [])),
      },
      handler: (request) => answer(request, readWanted(request.body)),
    })
    scope.delete(url, {
      schema: described('undoUnsubscribe', 'Have such mail again'),
      handler: (request) => answer(request, 'this-on'),
    })
  })
}

/** What mail programs send is a form. */
function takeForms(scope: FastifyInstance): void {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
    scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: longestForm }, (_request, body, done) =>
      done(null, { form: String(body) }),
    )
}

/** People who open the address of a mail's header see the page. */
const wantsPage = ({ headers }: FastifyRequest) => headers.accept?.split(',')[0]?.trim() === 'text/html'

const toPage = (request: FastifyRequest, reply: FastifyReply) =>
  reply.redirect(`/unsubscribe/${encodeURIComponent((request.params as { token: string }).token)}`, 303)

function readWanted(body: unknown): Wanted {
  const given = (body ?? {}) as { form?: unknown; all?: unknown }
  const names = Object.keys(given)
  if (typeof given.form === 'string' && names.length === 1) return 'this-off'
  if (names.some((name) => name !== 'all') || (names.length && given.all !== true))
    refuse('invalid', say('notifications:unsubscribe_body'))
  return given.all === true ? 'all-off' : 'this-off'
}

async function carryOut(engine: Engine, said: Unsubscribed, wanted: Wanted | null) {
  return await asUnsubscriber(engine, said, async (one) => {
    const person = wanted ? await unsubscribe(engine, one, wanted) : one.person
    return shown(engine, one.caller.org, said.notice, person)
  })
}

function shown({ registry }: Engine, org: OpenOrg, notice: string, person: Person) {
  const found = registry.notices.get(notice)?.notice
  const mail = paceOf({ registry }, notice, person)
  const always = [...registry.notices.values()].filter(
    ({ module, notice: one }) => one.always && hasModule(org, module.name),
  )
  return {
    org: org.name,
    label: notice === allMail ? say('notifications:all_mail', { org: org.name }) : (found?.label ?? notice),
    email: masked(person.email ?? ''),
    mail,
    unsubscribed: mail === 'off',
    all: person.no_mail ?? false,
    still: always.map(({ notice: { label } }) => label),
    one_click: true,
  }
}
