import type { Notice } from '@commonhall/kernel'
import { auditHead } from './audit-head.ts'
import { factorChanged } from './factor-changed.ts'
import { invitationLetter } from './invitation.ts'
import { emailLink, emailNote, emailTaken } from './own-address.ts'
import { passwordReset } from './password-reset.ts'

/** Letters that go to an address and not to somebody of an organization. What is in them is kept nowhere. */
export const houseLetters: readonly Notice[] = [
  passwordReset,
  emailLink,
  emailTaken,
  emailNote,
  factorChanged,
  invitationLetter,
  auditHead,
]
