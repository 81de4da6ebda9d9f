import type { Engine } from '../engine.ts'
import type { Authenticate } from '../http/caller.ts'
import type { Part } from '../http/server.ts'
import { Budgets, KeyRing } from '../keys/index.ts'
import { mailboxPages } from '../mail/dev/mailbox-pages.ts'
import { mailEmailLink, mailEmailNote } from './account/email-jobs.ts'
import { authenticate, notSignedIn } from './authenticate.ts'
import { factorChangeMailed } from './factors/change-mail-job.ts'
import { forgetExpired, mailReset } from './jobs.ts'
import { signInRoutes } from './routes/index.ts'
import { openSignIn } from './sign-in.ts'
import { addressOf, type WebRequest } from './web-request.ts'

/** Sign-in as a part of the engine: how requests prove who they come from, its routes and its jobs. */
export function signInPart(engine: Engine): { readonly authenticate: Authenticate; readonly routes: Part } {
  const { database, settings, jobs, post } = engine
  const signIn = openSignIn({ database, settings, post, enqueue: (job, payload) => jobs.send(job, payload) })
  jobs.addHouseJob(mailReset(signIn))
  jobs.addHouseJob(mailEmailLink(signIn))
  jobs.addHouseJob(mailEmailNote(signIn))
  jobs.addHouseJob(factorChangeMailed(signIn))
  jobs.addHouseJob(forgetExpired(signIn))
  const keys = new KeyRing(database)
  const budgets = new Budgets()
  return {
    async authenticate(request) {
      const address = addressOf(request)
      const key = keyIn(request)
      if (key === null) {
        const { sessionId, by } = await authenticate(signIn, request)
        return { sessionId, via: by === 'cookie' ? 'page' : 'api', address }
      }
      const { sessionId, keyId, perMinute } = (await keys.open(key, address, request.id)) ?? notSignedIn()
      budgets.spend(request, keyId, perMinute)
      return { sessionId, via: 'key', address }
    },
    async routes({ app }) {
      await app.register(signInRoutes, { prefix: '/api/v1/auth', signIn })
      if (post.isMailbox) await app.register(mailboxPages, engine)
    },
  }
}

/** The API key of a request. Keys open orgs alone; everything under /auth is for people. */
const keyIn = ({ headers }: WebRequest): string | null =>
  /^bearer (chk_\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
