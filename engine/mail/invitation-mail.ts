import { say } from '@commonhall/kernel'
import { mailOf } from './mail-of.ts'
import type { Mail } from './mail.ts'

/** An invitation as its mail tells it. */
export interface InvitationLetter {
  readonly email: string
  readonly name: string
  readonly roles: string
  readonly org_name: string
  readonly invited_by: string
  readonly url: string
}

/** The mail that invites somebody into an organization. */
export function invitationMail({ email, name, roles, org_name: org, invited_by: by, url }: InvitationLetter): Mail {
  return mailOf(
    { name, email },
    {
      subject: say('engine:invitation.mail.subject', { org }),
      greeting: say('engine:mail.greeting', { name }),
      paragraphs: [say('engine:invitation.mail.intro', { by, org }), say('engine:invitation.mail.roles', { roles })],
      act: { label: say('engine:invitation.mail.act'), url },
      notes: [say('engine:invitation.mail.limit', { email }), say('engine:invitation.mail.ignore', { org })],
    },
  )
}
