import { mailPaces, type MailPace, type Notice } from '@commonhall/kernel'

/** What somebody has chosen about one kind, where it differs from the notice's own way. */
export interface Choice {
  readonly inbox?: boolean
  readonly mail?: MailPace
  /** What it was before a link in a mail switched it off, for whoever takes that back. */
  readonly before?: MailPace
}

/** How a person wants to be told, as far as they have said. */
export interface Wishes {
  readonly choices: Readonly<Record<string, Choice>>
  /** Nothing by mail any more. */
  readonly noMail: boolean
}

/** By which ways somebody is told. */
export interface Ways {
  readonly inbox: boolean
  readonly mail: MailPace
}

type Told = Pick<Notice, 'name' | 'mail' | 'always'>

/** The ways of one kind for one person. What nobody can switch off goes both ways, at once. */
export function waysOf(notice: Told, { choices, noMail }: Wishes): Ways {
  if (notice.always) return { inbox: true, mail: 'now' }
  const { inbox = true, mail = notice.mail } = Object.hasOwn(choices, notice.name) ? (choices[notice.name] ?? {}) : {}
  return { inbox, mail: noMail ? 'off' : mail }
}

export const isPace = (value: unknown): value is MailPace => mailPaces.includes(value as MailPace)
