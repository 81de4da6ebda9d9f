import { chainRoutes, workChain } from './audit/index.ts'
import type { Engine } from './engine.ts'
import type { Parts } from './http/server.ts'
import { hostPart } from './host/part.ts'
import { keepSchedules } from './host/keep-schedules.ts'
import { openFiles } from './files/index.ts'
import { importRoutes, resumeImports, workImport } from './imports/index.ts'
import { keyRoutes } from './keys/index.ts'
import { liveRoutes } from './live/index.ts'
import { sendgridRoute } from './mail/sendgrid/route.ts'
import { mailInvitation } from './invitations/mail-job.ts'
import { welcomeNewcomer } from './invitations/welcome-job.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { notificationRoutes, workNotifications } from './notifications/index.ts'
import { personalRoutes } from './personal/routes.ts'
import { workReports } from './reports/index.ts'
import { roleRoutes } from './roles/index.ts'
import { signInPart } from './sign-in/part.ts'
import { openWebhooks } from './webhooks/index.ts'

/** What stands beside the records: sign-in and mail, imports, the host's console. Wires each to the engine. */
export function openParts(engine: Engine): Parts {
  const signIn = signInPart(engine)
  engine.jobs.addHouseJob(workImport(engine))
  engine.jobs.addHouseJob(resumeImports(engine))
  engine.jobs.addHouseJob(keepSchedules(engine))
  workNotifications(engine)
  workReports(engine)
  workChain(engine)
  engine.jobs.addHouseJob(mailInvitation(engine))
  engine.jobs.addHouseJob(welcomeNewcomer(engine))
  return {
    authenticate: signIn.authenticate,
    signIn: signIn.routes,
    beside: [
      importRoutes,
      roleRoutes,
      keyRoutes,
      chainRoutes,
      invitationRoutes,
      personalRoutes,
      ...openFiles(engine),
      notificationRoutes,
      liveRoutes,
      sendgridRoute,
      openWebhooks(engine).routes,
      hostPart(engine.post.way),
    ],
  }
}
