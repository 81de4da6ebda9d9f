import { nothingSent } from '../../http/shapes.ts'
import { jsonReply, refusals } from '../../http/schemas.ts'
import * as shared from '../schemas.ts'
import { confirmApp, offerApp, renewRecoveryCodes } from './authenticator-app.ts'
import * as schemas from './factor-schemas.ts'
import { factors } from './factors.ts'
import { challengePasskey, logInByPasskey } from './passkey-sign-in.ts'
import { addPasskey, offerPasskey, removeApp, removePasskey, renamePasskey } from './passkeys.ts'
import { prove } from './prove.ts'
import type { SignInRoute } from './route.ts'
import { takeSecondStep } from './second-step.ts'

const signedIn = jsonReply('Signed in', shared.sessionSchema)

/** Ways in that take a second factor. */
const waysIn: readonly SignInRoute[] = [
  {
    method: 'POST',
    url: '/second-factor',
    summary: 'Take the second step of signing in',
    operationId: 'takeSecondStep',
    open: true,
    body: schemas.secondStepBody,
    response: { 200: signedIn, ...refusals(423, 429) },
    handle: takeSecondStep,
  },
  {
    method: 'POST',
    url: '/passkey/challenge',
    summary: 'Ask for what a passkey has to sign',
    operationId: 'challengePasskey',
    open: true,
    body: nothingSent,
    response: { 200: jsonReply('The challenge', schemas.askedReply), ...refusals(409) },
    handle: challengePasskey,
  },
  {
    method: 'POST',
    url: '/passkey/login',
    summary: 'Sign in with a passkey',
    operationId: 'logInByPasskey',
    open: true,
    body: schemas.passkeyLogInBody,
    response: { 200: signedIn, ...refusals(409) },
    handle: logInByPasskey,
  },
  {
    method: 'POST',
    url: '/prove',
    summary: 'Prove again who you are',
    operationId: 'prove',
    open: false,
    body: schemas.proveBody,
    response: { 204: shared.nothing, ...refusals(409, 429, 503) },
    handle: prove,
  },
]

const passkeys: readonly SignInRoute[] = [
  {
    method: 'POST',
    url: '/passkeys/registration',
    summary: 'Ask for what a new passkey has to sign',
    operationId: 'offerPasskey',
    open: false,
    body: nothingSent,
    response: { 200: jsonReply('The challenge', schemas.askedReply), ...refusals(409) },
    handle: offerPasskey,
  },
  {
    method: 'POST',
    url: '/passkeys',
    summary: 'Add a passkey',
    operationId: 'addPasskey',
    open: false,
    body: schemas.addPasskeyBody,
    response: { 201: jsonReply('Added', schemas.addedReply), ...refusals(409) },
    handle: addPasskey,
  },
  {
    method: 'PATCH',
    url: '/passkeys/:id',
    summary: 'Rename a passkey',
    operationId: 'renamePasskey',
    open: false,
    params: schemas.idParameters,
    body: schemas.renameBody,
    response: { 200: jsonReply('Renamed', schemas.passkeyReply), ...refusals() },
    handle: renamePasskey,
  },
  {
    method: 'DELETE',
    url: '/passkeys/:id',
    summary: 'Remove a passkey',
    operationId: 'removePasskey',
    open: false,
    params: schemas.idParameters,
    response: { 204: shared.nothing, ...refusals(409) },
    handle: removePasskey,
  },
]

const others: readonly SignInRoute[] = [
  {
    method: 'GET',
    url: '/factors',
    summary: 'Your second factors',
    operationId: 'factors',
    open: false,
    response: { 200: jsonReply('What there is', schemas.factorsReply), ...refusals() },
    handle: factors,
  },
  {
    method: 'POST',
    url: '/totp',
    summary: 'Begin to add an authenticator app',
    operationId: 'offerApp',
    open: false,
    body: nothingSent,
    response: { 200: jsonReply('What the app is given', schemas.appReply), ...refusals() },
    handle: offerApp,
  },
  {
    method: 'POST',
    url: '/totp/confirm',
    summary: 'Confirm the authenticator app with a code of it',
    operationId: 'confirmApp',
    open: false,
    body: schemas.codeBody,
    response: { 200: jsonReply('Confirmed', schemas.confirmedReply), ...refusals(409) },
    handle: confirmApp,
  },
  {
    method: 'DELETE',
    url: '/totp',
    summary: 'Remove the authenticator app',
    operationId: 'removeApp',
    open: false,
    response: { 204: shared.nothing, ...refusals(409) },
    handle: removeApp,
  },
  {
    method: 'POST',
    url: '/recovery-codes',
    summary: 'Make new recovery codes',
    operationId: 'renewRecoveryCodes',
    open: false,
    body: nothingSent,
    response: { 200: jsonReply('The codes, shown this once', schemas.codesReply), ...refusals(409) },
    handle: renewRecoveryCodes,
  },
]

export const factorRoutes: readonly SignInRoute[] = [...waysIn, ...passkeys, ...others]
