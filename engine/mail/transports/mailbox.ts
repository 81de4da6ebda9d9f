import type { Database } from '../../database/pool.ts'
import type { Attachment, Mailer } from '../mail.ts'

/** A mail as the mailbox keeps it. */
export interface KeptMail {
  readonly id: string
  readonly at: string
  readonly recipient: string
  readonly subject: string
  readonly plain: string
  readonly html: string
  /** Where it can be unsubscribed with one click. */
  readonly unsubscribe?: string | null
  readonly attachments?: readonly { readonly name: string; readonly size: number }[]
}

type Bare = Pick<Database, 'bare'>

const mostKept = 200

/** The bytes are not kept: what hung on it is what there is to see. */
const nameAndSize = ({ name, bytes }: Attachment) => ({ name, size: bytes.length })

/** Keeps mail in the database instead of sending it: for trying the house out without a mail server. */
export const openMailbox = (database: Bare): Mailer => ({
  name: 'mailbox',
  async send({ to, subject, text, html, attachments = [], unsubscribe }) {
    await database.bare(
      `insert into foundation.local_mail (recipient, subject, plain, html, unsubscribe, attachments)
      values ($1, $2, $3, $4, $5, $6)`,
      [to.email, subject, text, html, unsubscribe?.url ?? null, JSON.stringify(attachments.map(nameAndSize))],
    )
    await database.bare(
      `delete from foundation.local_mail
        where id <= (select id from foundation.local_mail order by id desc offset $1 limit 1)`,
      [mostKept],
    )
    return 'kept'
  },
  close: () => Promise.resolve(),
})

const columns = 'id, at, recipient, subject, plain, html, unsubscribe, attachments'

/** Every mail in the box, the newest first. */
export const listMail = (database: Bare): Promise<KeptMail[]> =>
  database.bare<KeptMail & Record<string, unknown>>(`select ${columns} from foundation.local_mail order by id desc`)

export async function findMail(database: Bare, id: string): Promise<KeptMail | undefined> {
  const [mail] = await database.bare<KeptMail & Record<string, unknown>>(
    `select ${columns} from foundation.local_mail where id = $1`,
    [id],
  )
  return mail
}
