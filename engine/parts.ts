import { chainRoutes, workChain } from './audit/index.ts'
import type { Engine } from './engine.ts'
import type { Parts } from './http/server.ts'
import { hostPart } from './host/part.ts'
import { keepSchedules } from './host/keep-schedules.ts'
import { importRoutes, resumeImports, workImport } from './imports/index.ts'
import { keyRoutes } from './keys/index.ts'
import { mailInvitation } from './invitations/mail-job.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { openMailer } from './mail/open-mailer.ts'
import { personalRoutes } from './personal/routes.ts'
import { roleRoutes } from './roles/index.ts'
import { signInPart } from './sign-in/part.ts'

/** What stands beside the records: sign-in and mail, imports, the host's console. Wires each to the engine. */
export function openParts(engine: Engine): Parts {
  const { settings, database, registry } = engine
  const mail = openMailer({ settings, database, fittings: registry.modules.flatMap(({ fittings = [] }) => fittings) })
  const signIn = signInPart(engine, mail)
  engine.jobs.addHouseJob(workImport(engine))
  engine.jobs.addHouseJob(resumeImports(engine))
  engine.jobs.addHouseJob(keepSchedules(engine))
  workChain(engine, mail)
  engine.jobs.addHouseJob(mailInvitation(engine, mail))
  return {
    authenticate: signIn.authenticate,
    signIn: signIn.routes,
    beside: [importRoutes, roleRoutes, keyRoutes, chainRoutes, invitationRoutes, personalRoutes, hostPart(mail.name)],
  }
}
