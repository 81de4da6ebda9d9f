import type { Choice, Wishes } from './choice.ts'
import { type Rhythm, usualRhythm } from '../mail/when-mailed.ts'

/** What is kept of somebody's wishes; nulls where nothing is. */
export interface SettingRow {
  readonly choices: Readonly<Record<string, Choice>> | null
  readonly no_mail: boolean | null
  readonly digest_hour: number | null
  readonly digest_weekday: number | null
  readonly quiet_from: string | null
  readonly quiet_until: string | null
  readonly time_zone: string | null
}

/** Of somebody who has chosen nothing. */
export const noSetting: SettingRow = {
  choices: null,
  no_mail: null,
  digest_hour: null,
  digest_weekday: null,
  quiet_from: null,
  quiet_until: null,
  time_zone: null,
}

/** Its columns, over the alias `s`. */
export const settingColumns =
  's.choices, s.no_mail, s.digest_hour, s.digest_weekday, s.quiet_from, s.quiet_until, s.time_zone'

export const wishesOf = ({ choices, no_mail: noMail }: SettingRow): Wishes => ({
  choices: choices ?? {},
  noMail: noMail ?? false,
})

/** A person's hours; their time zone is the org's until they choose one. */
export const rhythmOf = (row: SettingRow, orgZone: string): Rhythm => ({
  hour: row.digest_hour ?? usualRhythm.hour,
  weekday: row.digest_weekday ?? usualRhythm.weekday,
  quiet: row.quiet_from && row.quiet_until ? { from: row.quiet_from, until: row.quiet_until } : null,
  timeZone: row.time_zone ?? orgZone,
})
