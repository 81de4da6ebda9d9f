import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
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

type Handler = (signIn: SignIn, request: FastifyRequest, reply: FastifyReply) => Promise<object | null>

const tags = ['Sign-in']
/** Said in the API description: these are for people who are not signed in yet. */
const open = { tags, security: [] }

/** The routes of sign-in; to be registered under `/api/v1/auth`. */
export const signInRoutes: FastifyPluginAsync<{ readonly signIn: SignIn }> = async (app, { signIn }) => {
  const act = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) => handler(signIn, request, reply)

  app.setSchemaErrorFormatter(sayInvalid)
  app.addHook('onReady', prepareDummy)

  app.post('/login', {
    schema: {
      ...open,
      summary: 'Sign in',
      operationId: 'logIn',
      body: schemas.logInBody,
      response: { 200: jsonReply('Signed in', schemas.sessionSchema), ...refusals(423, 429, 503) },
    },
    handler: act(logIn),
  })
  app.post('/refresh', {
    schema: {
      ...open,
      summary: 'Change a refresh token for new tokens',
      operationId: 'refresh',
      body: schemas.refreshBody,
      response: { 200: jsonReply('Refreshed', schemas.sessionSchema), ...refusals() },
    },
    handler: act(refresh),
  })
  app.post('/logout', {
    schema: {
      tags,
      summary: 'Sign out',
      operationId: 'logOut',
      body: schemas.refreshBody,
      response: { 204: schemas.nothing, ...refusals() },
    },
    handler: act(logOut),
  })
  app.get('/me', {
    schema: {
      tags,
      summary: 'Who is signed in',
      operationId: 'me',
      response: { 200: jsonReply('Who it is', schemas.personReply), ...refusals() },
    },
    handler: act(me),
  })
  app.post('/password/reset-request', {
    schema: {
      ...open,
      summary: 'Ask for a link to choose a new password',
      operationId: 'requestPasswordReset',
      body: schemas.resetRequestBody,
      response: { 202: jsonReply('Accepted', schemas.acceptedReply), ...refusals() },
    },
    handler: act(requestReset),
  })
  app.post('/password/reset-confirm', {
    schema: {
      ...open,
      summary: 'Choose a new password',
      operationId: 'confirmPasswordReset',
      body: schemas.resetConfirmBody,
      response: { 204: schemas.nothing, ...refusals(503) },
    },
    handler: act(confirmReset),
  })
}
