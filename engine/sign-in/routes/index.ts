import type { FastifyPluginAsync } from 'fastify'
import { prepareDummy } from '../password-hash.ts'
import { accountRoutes } from '../account/account-routes.ts'
import { refuseUnstorable, sayInvalid } from '../say-invalid.ts'
import type { SignIn } from '../sign-in.ts'
import { factorRoutes } from './factor-routes.ts'
import { passwordRoutes } from './password-routes.ts'
import type { SignInRoute } from './route.ts'

const routes: readonly SignInRoute[] = [...passwordRoutes, ...accountRoutes, ...factorRoutes]

/** The routes of sign-in; to be registered under `/api/v1/auth`. */
export const signInRoutes: FastifyPluginAsync<{ readonly signIn: SignIn }> = async (app, { signIn }) => {
  app.setSchemaErrorFormatter(sayInvalid)
  app.addHook('onReady', prepareDummy)
  app.addHook('preHandler', refuseUnstorable)
  for (const { method, url, summary, operationId, open, params, body, response, handle } of routes) {
    app.route({
      method,
      url,
      schema: {
        tags: ['Sign-in'],
        summary,
        operationId,
        ...(open ? { security: [] } : {}),
        ...(params ? { params } : {}),
        ...(body ? { body } : {}),
        response,
      },
      handler: (request, reply) => handle(signIn, request, reply),
    })
  }
}
