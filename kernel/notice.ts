import type { Fields, ValuesOf } from './fields/field.ts'
import type { Message } from './letter.ts'
import type { RoleName } from './rule.ts'

/** When mail about something goes out: at once, gathered in a digest, or not at all. */
export const mailPaces = ['now', 'daily', 'weekly', 'off'] as const

export type MailPace = (typeof mailPaces)[number]

/** A kind of news that people are told: what it says is a pure function of its fields. */
export interface Notice<F extends Fields = Fields> {
  readonly name: string
  /** What people switch on and off, such as "Tasks that are due". */
  readonly label: string
  /** A field that is filled `from` a guarded field is null for readers who may not read that: it is not required. */
  readonly fields: F
  /** How it is mailed to people who have chosen nothing. */
  readonly mail: MailPace
  /** Nobody can switch it off: it tells of their own account, or somebody must act in time. */
  readonly always?: boolean
  /** Only people with this permission get it: it is offered to nobody else. */
  readonly audience?: string
  message(payload: ValuesOf<F>, reader: Reader): Message
  /** An example, for previews and tests. */
  readonly sample: ValuesOf<F>
}

/** For whom a message is worded. */
export interface Reader {
  readonly name: string
  readonly org: string
  /** Where times are told: that of the person, or of the org. */
  readonly timeZone: string
}

export type NoticePayload<N extends Notice> = ValuesOf<N['fields']>

/**
 * Who is told: one user, a member (with or without a sign-in), everybody in a role, everybody who may do something by a
 * role, everybody who stands for a record.
 */
export type Recipient =
  | { readonly user: string }
  | { readonly member: string }
  | { readonly role: RoleName }
  | { readonly permission: string }
  | { readonly party: string; readonly record: string }

/** Declares a kind of notice under `module.noun`. */
export const defineNotice = <const F extends Fields>(
  name: `${string}.${string}`,
  notice: Omit<Notice<F>, 'name'>,
): Notice<F> => ({ ...notice, name })
