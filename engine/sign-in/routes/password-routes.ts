import { jsonReply, refusals } from '../../http/schemas.ts'
import * as schemas from '../schemas.ts'
import { logIn } from './log-in.ts'
import { logOut } from './log-out.ts'
import { me } from './me.ts'
import { confirmReset, requestReset } from './password-reset.ts'
import { refresh } from './refresh.ts'
import type { SignInRoute } from './route.ts'

/** In and out with a password, and what keeps a session going. */
export const passwordRoutes: readonly SignInRoute[] = [
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
