import type { FieldError } from '@commonhall/kernel'
import { t } from '../say.ts'
import { dayIn } from './lasting.ts'

export type Owner = 'account' | 'new' | 'me'
export type Span = 'day30' | 'day90' | 'day365' | 'dayOther' | 'dayNever'

/** What the form holds. */
export interface Asked {
  readonly name: string
  readonly who: Owner
  /** The service account that is chosen, among those there are. */
  readonly account: string
  readonly accountName: string
  readonly roles: readonly string[]
  readonly scopes: ReadonlySet<string>
  readonly span: Span
  readonly day: string
  readonly perMinute: string
}

export const blank: Asked = {
  name: '',
  who: 'new',
  account: '',
  accountName: '',
  roles: [],
  scopes: new Set(),
  span: 'day90',
  day: '',
  perMinute: '600',
}

const lasts = { day30: 30, day90: 90, day365: 365 } as const

/** The last day on which the key works; null without an end, empty while none is chosen. */
export function lastDayOf({ span, day }: Pick<Asked, 'span' | 'day'>): string | null {
  if (span === 'dayNever') return null
  return span === 'dayOther' ? day : dayIn(lasts[span])
}

/** Whether it is a number of requests that the server takes. */
const isCount = (text: string) => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 60_000

/** What is missing before anything is sent: an account without its key would be half of what was wanted. */
export function missing(asked: Asked, scopes: readonly string[]): FieldError[] {
  const { name, who, accountName, roles } = asked
  const faults: [boolean, string, string][] = [
    [!name.trim(), 'name', t('newKey.nameNeeded')],
    [who === 'new' && !accountName.trim(), 'accountName', t('newKey.accountNameNeeded')],
    [who === 'new' && !roles.length, 'roles', t('newKey.rolesNeeded')],
    [!scopes.length, 'scopes', t('newKey.scopesNeeded')],
    [lastDayOf(asked) === '', 'expires_on', t('newKey.untilDayNeeded')],
    [!isCount(asked.perMinute), 'per_minute', t('newKey.perMinuteNeeded')],
  ]
  return faults.flatMap(([isWrong, path, message]) => (isWrong ? [{ path, code: 'required', message }] : []))
}
