import { defineModule } from '@commonhall/kernel'
import { fileHeld } from '../files/checks/file-held.ts'
import { file } from '../files/file.ts'
import { forgetOldFiles } from '../imports/forget-old-files.ts'
import { forgetOldNotifications } from '../notifications/forget-old.ts'
import { sendReminders } from '../notifications/remind.ts'
import { deliverEvent } from '../outbox/index.ts'
import { forgetOldMessages } from '../webhooks/delivery/forget.ts'
import { reportByMail } from '../reports/schedules/report-by-mail.ts'
import { reportSchedule } from '../reports/schedules/report-schedule.ts'
import { webhookStopped } from '../webhooks/delivery/stopped.ts'
import { webhook } from '../webhooks/webhook.ts'
import { countUsage } from './count-usage.ts'
import { forgetOldKeys } from './forget-old-keys.ts'
import { mailAgain, mailMessage, mailSuppression } from './mail-resources.ts'
import { forgetOldMail } from './forget-old-mail.ts'
import { notices } from './notices/index.ts'
import { apiKey, auditLine, invitation, role, user } from './resources.ts'
import { rules } from './rules.ts'

/** The house's own module: what every other one stands on. It is always on. */
export const foundation = defineModule({
  name: 'foundation',
  label: 'Organization',
  purpose: 'People who sign in, their roles, and who changed what.',
  icon: 'building',
  folder: import.meta.dirname,
  resources: [user, invitation, role, apiKey, auditLine, webhook, mailMessage, mailSuppression, file, reportSchedule],
  workflows: [mailAgain],
  rules,
  notices: [...notices, webhookStopped, fileHeld, reportByMail],
  jobs: [
    countUsage,
    deliverEvent,
    forgetOldKeys,
    forgetOldFiles,
    forgetOldMail,
    forgetOldNotifications,
    sendReminders,
    forgetOldMessages,
  ],
})
