import { defineModule } from '@commonhall/kernel'
import { forgetOldFiles } from '../imports/forget-old-files.ts'
import { deliverEvent } from '../outbox/index.ts'
import { countUsage } from './count-usage.ts'
import { forgetOldKeys } from './forget-old-keys.ts'
import { apiKey, auditLine, invitation, role, user } from './resources.ts'
import { rules } from './rules.ts'

/** The house's own module: what every other one stands on. It is always on. */
export const foundation = defineModule({
  name: 'foundation',
  label: 'Organization',
  purpose: 'People who sign in, their roles, and who changed what.',
  icon: 'building',
  folder: import.meta.dirname,
  resources: [user, invitation, role, apiKey, auditLine],
  rules,
  jobs: [countUsage, deliverEvent, forgetOldKeys, forgetOldFiles],
})
