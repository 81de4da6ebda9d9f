import { say } from '@commonhall/kernel'
import type { OpenOrg } from '../../caller.ts'
import type { Frame } from '../../mail/layout/letter.ts'
import type { Outgoing } from '../../mail/post.ts'
import type { Settings } from '../../settings.ts'
import type { Person } from '../recipients.ts'
import { UnsubscribeLinks } from '../unsubscribe/links.ts'

/** What stands around a letter to somebody, and on its envelope. */
interface Envelope {
  readonly frame: Frame
  readonly outside: Pick<Outgoing, 'org' | 'user' | 'to' | 'unsubscribe'>
}

/** `ending` is the kind of mail that they can end with one click; null where it is none that anybody can switch off. */
export function envelopeFor(
  { publicUrl, ...settings }: Pick<Settings, 'publicUrl' | 'secret'>,
  org: OpenOrg,
  person: Person,
  ending: string | null,
): Envelope {
  const pages = `${publicUrl}/o/${org.slug}`
  const token = ending === null ? null : new UnsubscribeLinks(settings).seal({ org: org.id, person, notice: ending })
  return {
    frame: {
      publicUrl,
      greeting: person.name ? say('engine:mail.greeting', { name: person.name }) : say('engine:mail.hello'),
      org: { name: org.name, accent: org.accent, url: pages },
      ...(token ? { unsubscribe: { url: `${publicUrl}/unsubscribe/${token}` } } : {}),
      ...(person.user_id ? { settings: { url: `${pages}/inbox/settings` } } : {}),
    },
    outside: {
      org: org.id,
      user: person.user_id,
      to: { name: person.name, email: person.email ?? '' },
      ...(token ? { unsubscribe: { url: `${publicUrl}/api/v1/unsubscribe/${token}` } } : {}),
    },
  }
}
