import { nothingSent } from '../../http/shapes.ts'
import { jsonReply, refusals } from '../../http/schemas.ts'
import type { SignInRoute } from '../routes/route.ts'
import { acceptedReply, nothing, resetRequestBody } from '../schemas.ts'
import { changeEmail, confirmEmail, verifyEmail } from './email.ts'
import { acceptInvitation, showInvitation } from './invitation.ts'
import * as schemas from './schemas.ts'
import { endOtherSessions, endSession, listSessions } from './sessions.ts'

/** One's own sessions and e-mail address, and how an invitation becomes an account. */
export const accountRoutes: readonly SignInRoute[] = [
  {
    method: 'GET',
    url: '/sessions',
    summary: 'List where one is signed in',
    operationId: 'listSessions',
    open: false,
    response: { 200: jsonReply('The living sessions, this one first', schemas.sessionsReply), ...refusals() },
    handle: listSessions,
  },
  {
    method: 'DELETE',
    url: '/sessions/:id',
    summary: "End one of one's own sessions",
    operationId: 'endSession',
    open: false,
    params: schemas.sessionParams,
    response: { 204: nothing, ...refusals() },
    handle: endSession,
  },
  {
    method: 'POST',
    url: '/sessions/end-others',
    summary: "End all of one's sessions but this one",
    operationId: 'endOtherSessions',
    open: false,
    body: nothingSent,
    response: { 200: jsonReply('How many ended', schemas.endedReply), ...refusals() },
    handle: endOtherSessions,
  },
  {
    method: 'POST',
    url: '/email/change',
    summary: "Ask for a link that changes one's e-mail address",
    operationId: 'changeEmail',
    open: false,
    body: resetRequestBody,
    response: { 202: jsonReply('Accepted', acceptedReply), ...refusals(429) },
    handle: changeEmail,
  },
  {
    method: 'POST',
    url: '/email/verification',
    summary: "Ask for a link that confirms one's e-mail address",
    operationId: 'verifyEmail',
    open: false,
    body: nothingSent,
    response: { 202: jsonReply('Accepted', acceptedReply), ...refusals(429) },
    handle: verifyEmail,
  },
  {
    method: 'POST',
    url: '/email/confirm',
    summary: 'Confirm an e-mail address with the token of a mailed link',
    operationId: 'confirmEmail',
    open: true,
    body: schemas.confirmBody,
    response: { 200: jsonReply('Confirmed', schemas.confirmedReply), ...refusals(409) },
    handle: confirmEmail,
  },
  {
    method: 'GET',
    url: '/invitations/:token',
    summary: 'Show the invitation of a mailed link',
    operationId: 'showInvitation',
    open: true,
    params: schemas.invitationParams,
    response: { 200: jsonReply('The invitation', schemas.invitationReply), ...refusals(410) },
    handle: showInvitation,
  },
  {
    method: 'POST',
    url: '/invitations/:token/accept',
    summary: 'Accept an invitation',
    operationId: 'acceptInvitation',
    open: true,
    params: schemas.invitationParams,
    body: schemas.acceptBody,
    response: { 200: jsonReply('Accepted', schemas.acceptReply), ...refusals(410, 503) },
    handle: acceptInvitation,
  },
]
