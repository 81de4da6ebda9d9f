import { firstRun } from '../../testing/first-run.ts'
import type { TestHouse } from '../../testing/house.ts'
import { asOwner } from '../../testing/sql.ts'
import { gatherMail, type MailWanted } from '../mail/gather-mail.ts'
import { mailJob } from '../mail/mail-names.ts'
import { sendNoticeMail } from '../mail/send-mail.ts'

export interface Mailed extends Record<string, unknown> {
  readonly recipient: string
  readonly subject: string
  readonly plain: string
  readonly html: string
  readonly unsubscribe: string | null
}

/** Mails that are queued and have not been sent. */
export const queued = async (house: TestHouse): Promise<MailWanted[]> =>
  (
    await asOwner<{ data: MailWanted }>(
      house,
      "delete from queue.job where name = $1 and state in ('created', 'retry') returning data",
      [mailJob],
    )
  ).map(({ data }) => data)

/** Does the work of the house as if it was `now`, and answers what lies in the mailbox then; it is empty afterwards. */
export async function mailOf(house: TestHouse, now?: string): Promise<Mailed[]> {
  await gatherMail(house.engine).run(now ? { now } : {}, firstRun())
  for (const wanted of await queued(house)) await sendNoticeMail(house.engine).run(wanted, firstRun())
  return await mailbox(house)
}

/** Empties the mailbox. */
export const mailbox = (house: TestHouse): Promise<Mailed[]> =>
  asOwner<Mailed>(
    house,
    'delete from foundation.local_mail returning recipient, subject, plain, html, unsubscribe',
  ).then((all) => all.toSorted((a, b) => a.recipient.localeCompare(b.recipient) || a.subject.localeCompare(b.subject)))

/** As if what waits had been told so much earlier: quiet hours and digests come by moving the clock. */
export const later = (iso: string) => Temporal.Now.instant().add(iso).toString()
