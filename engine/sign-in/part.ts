import type { Engine } from '../engine.ts'
import type { Authenticate } from '../http/caller.ts'
import type { Part } from '../http/server.ts'
import type { Mailer } from '../mail/mail.ts'
import { mailboxPages } from '../mail/mailbox-pages.ts'
import { isMailbox } from '../mail/open-mailer.ts'
import { mailEmailLink, mailEmailNote } from './account/email-jobs.ts'
import { authenticate } from './authenticate.ts'
import { factorChangeMailed } from './factors/change-mail-job.ts'
import { forgetExpired, mailReset } from './jobs.ts'
import { signInRoutes } from './routes/index.ts'
import { openSignIn } from './sign-in.ts'
import { addressOf } from './web-request.ts'

/** Sign-in as a part of the engine: how requests prove who they come from, its routes and its jobs. */
export function signInPart(
  engine: Engine,
  mail: Mailer,
): { readonly authenticate: Authenticate; readonly routes: Part } {
  const { database, settings, jobs } = engine
  const signIn = openSignIn({ database, settings, mail, enqueue: (job, payload) => jobs.send(job, payload) })
  jobs.addHouseJob(mailReset(signIn))
  jobs.addHouseJob(mailEmailLink(signIn))
  jobs.addHouseJob(mailEmailNote(signIn))
  jobs.addHouseJob(factorChangeMailed(signIn))
  jobs.addHouseJob(forgetExpired(signIn))
  return {
    async authenticate(request) {
      const { sessionId, by } = await authenticate(signIn, request)
      return { sessionId, via: by === 'cookie' ? 'page' : 'api', address: addressOf(request) }
    },
    async routes({ app }) {
      await app.register(signInRoutes, { prefix: '/api/v1/auth', signIn })
      if (isMailbox(mail)) await app.register(mailboxPages, { database })
      app.addHook('onClose', () => mail.close())
    },
  }
}
