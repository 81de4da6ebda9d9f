import { field, type Transition } from '@commonhall/kernel'
import { certifies, contests, mayCertify } from '../closing/certify.ts'
import { afterClose, closes, whyNotClose } from '../closing/close.ts'
import type { election } from '../resources/election.ts'

/** What ends an election: voting closes, the result is certified, or somebody contests it. */
export const electionEnd = {
  close: {
    label: 'Close voting',
    from: ['voting'],
    to: 'counting',
    rule: 'governance.election.close',
    asks: {
      reason: field.longText({
        max: 1000,
        label: 'Why now',
        help: 'Needed while voting was announced to last longer and somebody has not voted.',
      }),
    },
    guard: whyNotClose,
    sets: closes,
    after: afterClose,
  },
  certify: {
    label: 'Certify the result',
    from: ['counting', 'contested'],
    to: 'certified',
    rule: 'governance.election.certify',
    tone: 'primary',
    guard: mayCertify,
    sets: certifies,
  },
  contest: {
    label: 'Contest the result',
    from: ['counting', 'certified'],
    to: 'contested',
    rule: 'governance.election.contest',
    tone: 'danger',
    asks: { reason: field.longText({ required: true, min: 3, max: 1000 }) },
    guard: mayCertify,
    sets: contests,
  },
} as const satisfies Readonly<Record<string, Transition<typeof election>>>
