import { isUuid } from '@commonhall/kernel'
import type { MailState } from '../ledger.ts'

/** What an event says has become of a mail. `unsubscribed`: its reader wants no more of it. */
export interface Told {
  readonly id: string
  readonly org: string | null
  readonly state: Exclude<MailState, 'queued'> | 'unsubscribed'
  readonly answer: string
}

/** What an event of one of our mails says; undefined for the others, and for what changes nothing. */
export function toldBy(event: unknown): Told | undefined {
  if (typeof event !== 'object' || event === null) return undefined
  const { commonhall_mail: id, commonhall_org: org, ...more } = event as Record<string, unknown>
  const state = stateOf(more)
  if (!isUuid(id) || (org !== undefined && !isUuid(org)) || !state) return undefined
  return { id, org: org ?? null, state, answer: answerOf(more) }
}

type Event = Readonly<Record<string, unknown>>

function stateOf({ event, type, reason }: Event): Told['state'] | undefined {
  switch (event) {
    case 'delivered':
      return 'sent'
    case 'bounce':
      // Refused for now or for what the mail is; the address lives.
      return type === 'blocked' ? 'failed' : 'bounced'
    case 'dropped':
      return dropped(String(reason ?? ''))
    case 'spamreport':
      return 'complained'
    case 'unsubscribe':
    case 'group_unsubscribe':
      return 'unsubscribed'
    default:
      return undefined
  }
}

/** SendGrid did not even try, as it knows the address. */
function dropped(reason: string): Told['state'] {
  if (/bounce|invalid/i.test(reason)) return 'bounced'
  if (/spam report/i.test(reason)) return 'complained'
  return /unsubscribe/i.test(reason) ? 'unsubscribed' : 'failed'
}

/** The code of the last server, where there is one; its words may hold an address. */
const answerOf = ({ event, status }: Event): string =>
  /^(?:\d{3} )?[245]\.\d{1,3}\.\d{1,3}$/.exec(String(status ?? ''))?.[0] ?? String(event)
