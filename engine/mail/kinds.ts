import { say } from '@commonhall/kernel'
import { hasModule } from '../caller.ts'
import type { Registry } from '../registry.ts'
import { auditHead } from './letters/audit-head.ts'
import { invitationLetter } from './letters/invitation.ts'

/** What several notifications in one mail are called in the journal. */
export const digestKind = 'notifications.digest'

/** Letters that go out in an organization's name to somebody who need not belong to it. */
const beyond = [invitationLetter, auditHead]

/** The kinds of mail that go out in the name of an org with these modules, and how people call them. */
export function mailKindChoice(registry: Registry, on: ReadonlySet<string>) {
  const told = [...registry.notices.values()].filter(({ module }) => hasModule({ modules: on }, module.name))
  const names = Object.fromEntries([
    ...beyond.map(({ name, label }) => [name, label] as const),
    ...told.map(({ notice }) => [notice.name, notice.label] as const),
    [digestKind, say('engine:mail.summary')] as const,
  ])
  return { kind: 'choice', choices: Object.keys(names), names }
}
