import { defineModule } from '@commonhall/kernel'
import { standingChanged } from './events.ts'
import { fullName } from './full-name.ts'
import { activeMembers, applicants } from './metrics.ts'
import { standingNews } from './notices/standing-news.ts'
import { household } from './resources/household.ts'
import { member } from './resources/member.ts'
import { standing } from './resources/standing.ts'
import { rules } from './rules.ts'
import { demoRoll } from './seeds/demo-roll.ts'
import { tellMember } from './subscribers/tell-member.ts'
import { standingWorkflow } from './workflows/standing.ts'
import { words } from './words/en.ts'

export const members = defineModule({
  name: 'members',
  label: 'Members',
  purpose: 'The roll: who belongs, how to reach them, and their standing over time.',
  icon: 'users',
  folder: import.meta.dirname,
  resources: [member, household, standing],
  rules,
  workflows: [standingWorkflow],
  events: [standingChanged],
  subscribers: [tellMember],
  notices: [standingNews],
  metrics: [activeMembers, applicants],
  splits: [fullName],
  words,
  seed: demoRoll,
})
