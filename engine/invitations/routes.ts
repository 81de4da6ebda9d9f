import { invitation } from '../foundation/resources.ts'
import { type Http, orgPath } from '../http/door.ts'
import { jsonReply, orgParameters, recordParameters, refusals, rowSchema } from '../http/schemas.ts'
import { id, list, maybe, nothingSent, object } from '../http/shapes.ts'
import { acting } from '../roles/acting.ts'
import { partiesSent } from '../roles/schemas.ts'
import { invite, resend, revoke } from './invite.ts'

const base = `${orgPath}/${invitation.path}`
const tags = [invitation.plural]

const newInvitation = object(
  {
    email: { type: 'string', format: 'email', maxLength: 254 },
    name: { type: 'string', minLength: 1, maxLength: 200 },
    roles: { ...list(id, 50), description: 'Ids of the roles that they will have; none only with `stands_for`' },
    own_record: { ...maybe(id), description: 'The record on the roll that will be their own' },
    stands_for: partiesSent,
  },
  ['email', 'name'],
)

/** Inviting people; what has become of it is the list of the resource. */
export function invitationRoutes(http: Http): void {
  const { app } = http
  const one = jsonReply(invitation.label, rowSchema(invitation, http.engine.registry.guarded(invitation)))
  app.post(base, {
    schema: {
      tags,
      operationId: 'invite',
      summary: 'Invite somebody by mail',
      params: orgParameters,
      body: newInvitation,
      response: { 201: one, ...refusals(409, 429) },
    },
    handler: acting(http, 'foundation.invitation.send', invite),
  })
  const acts = [
    { name: 'resend', summary: 'Mail an invitation again, with a new link', permission: 'send', act: resend },
    { name: 'revoke', summary: 'Take an invitation back', permission: 'revoke', act: revoke },
  ] as const
  for (const { name, summary, permission, act } of acts) {
    app.post(`${base}/:id/${name}`, {
      schema: {
        tags,
        operationId: `${name}Invitation`,
        summary,
        params: recordParameters,
        body: nothingSent,
        response: { 200: one, ...refusals(409, 429) },
      },
      handler: acting(http, `foundation.invitation.${permission}`, act),
    })
  }
}
