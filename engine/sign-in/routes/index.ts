import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { JsonSchema } from '@commonhall/kernel'
import { jsonReply, refusals } from '../../http/schemas.ts'
import { prepareDummy } from '../password-hash.ts'
import { sayInvalid } from '../say-invalid.ts'
import * as schemas from '../schemas.ts'
import type { SignIn } from '../sign-in.ts'
import { logIn } from './log-in.ts'
import { logOut } from './log-out.ts'
import { me } from './me.ts'
import { confirmReset, requestReset } from './password-reset.ts'
import { refresh } from './refresh.ts'

interface SignInRoute {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly summary: string
  readonly operationId: string
  /** For people who are not signed in yet. */
  readonly open: boolean
  readonly body?: JsonSchema
  readonly response: Readonly<Record<number, object>>
  readonly handle: (signIn: SignIn, request: FastifyRequest, reply: FastifyReply) => Promise<object | null>
}

const routes: readonly SignInRoute[] = [
  {
    method: 'POST',
    url: '/login',
    summary: 'Sign in',
    operationId: 'logIn',
    open: true,
    body: schemas.logInBody,
    response: { 200: jsonReply('Signed in', schemas.sessionSchema), ...refusals(423, 429, 503) },
    handle: logIn,
  },
  {
    method: 'POST',
    url: '/refresh',
    summary: 'Change a refresh token for new tokens',
    operationId: 'refresh',
    open: true,
    body: schemas.refreshBody,
    response: { 200: jsonReply('Refreshed', schemas.sessionSchema), ...refusals() },
    handle: refresh,
  },
  {
    method: 'POST',
    url: '/logout',
    summary: 'Sign out',
    operationId: 'logOut',
    open: false,
    body: schemas.refreshBody,
    response: { 204: schemas.nothing, ...refusals() },
    handle: logOut,
  },
  {
    method: 'GET',
    url: '/me',
    summary: 'Who is signed in',
    operationId: 'me',
    open: false,
    response: { 200: jsonReply('Who it is', schemas.personReply), ...refusals() },
    handle: me,
  },
  {
    method: 'POST',
    url: '/password/reset-request',
    summary: 'Ask for a link to choose a new password',
    operationId: 'requestPasswordReset',
    open: true,
    body: schemas.resetRequestBody,
    response: { 202: jsonReply('Accepted', schemas.acceptedReply), ...refusals() },
    handle: requestReset,
  },
  {
    method: 'POST',
    url: '/password/reset-confirm',
    summary: 'Choose a new password',
    operationId: 'confirmPasswordReset',
    open: true,
    body: schemas.resetConfirmBody,
    response: { 204: schemas.nothing, ...refusals(503) },
    handle: confirmReset,
  },
]

/** The routes of sign-in; to be registered under `/api/v1/auth`. */
export const signInRoutes: FastifyPluginAsync<{ readonly signIn: SignIn }> = async (app, { signIn }) => {
  app.setSchemaErrorFormatter(sayInvalid)
  app.addHook('onReady', prepareDummy)
  for (const { method, url, summary, operationId, open, body, response, handle } of routes) {
    app.route({
      method,
      url,
      schema: {
        tags: ['Sign-in'],
        summary,
        operationId,
        ...(open ? { security: [] } : {}),
        ...(body ? { body } : {}),
        response,
      },
      handler: (request, reply) => handle(signIn, request, reply),
    })
  }
}
