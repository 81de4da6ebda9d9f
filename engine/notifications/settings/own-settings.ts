import { type MailPace, type Notice, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Read } from '../reading.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { type Choice, waysOf } from './choice.ts'
import { kindsFor } from '../kinds.ts'
import { gatherJob } from '../mail/mail-names.ts'
import { noSetting, rhythmOf, type SettingRow, settingColumns, wishesOf } from './settings.ts'
import type { SettingsChange } from './input.ts'
import { whenMailed } from '../mail/when-mailed.ts'
import { timeZones } from './time-zones.ts'

/** What somebody has chosen, or nothing. */
export async function settingOf(read: Read, user: string | null, lock = ''): Promise<SettingRow> {
  const text = `select ${settingColumns} from foundation.notification_setting s where s.user_id = $1 ${lock}`
  const [row] = await read({ text, values: [user] })
  return (row as SettingRow | undefined) ?? noSetting
}

/** How somebody is told of what, with the kinds that they could get. */
export function shownSettings({ registry }: Pick<Engine, 'registry'>, { actor, org }: Caller, row: SettingRow) {
  const wishes = wishesOf(row)
  const { hour, weekday, quiet, timeZone } = rhythmOf(row, org.timeZone)
  // What a kind is set to is told also while all mail is off, so that nothing is lost when it is on again.
  const set = { ...wishes, noMail: false }
  return {
    kinds: kindsFor(registry, org, actor).map(({ notice, module }) => {
      const { inbox, mail } = waysOf(notice, set)
      const { name, label, always = false } = notice
      return { kind: name, label, module, inbox, mail, always }
    }),
    digest: { hour, weekday },
    quiet,
    time_zone: timeZone,
    time_zones: timeZones(),
    no_mail: wishes.noMail,
  }
}

/** Writes what was changed, and what waits to be mailed goes by the new way. */
export async function changeSettings(
  engine: Engine,
  transaction: Transaction,
  { actor, org }: Caller,
  change: SettingsChange,
): Promise<SettingRow> {
  const { registry, jobs } = engine
  const kinds = new Map(kindsFor(registry, org, actor).map(({ notice }) => [notice.name, notice]))
  const user = actor.userId
  await transaction.query(
    'insert into foundation.notification_setting (user_id) values ($1) on conflict (org_id, user_id) do nothing',
    [user],
  )
  const read: Read = async ({ text, values }) => (await transaction.query(text, values)).rows
  const before = await settingOf(read, user, 'for update')
  const after: SettingRow = { ...before, ...change.columns, choices: chosen(kinds, before, change) }
  await transaction.query(
    `update foundation.notification_setting set choices = $2, no_mail = $3, digest_hour = $4, digest_weekday = $5,
      quiet_from = $6, quiet_until = $7, time_zone = $8, updated_at = now() where user_id = $1`,
    [user, JSON.stringify(after.choices), after.no_mail ?? false, after.digest_hour, after.digest_weekday].concat([
      after.quiet_from,
      after.quiet_until,
      after.time_zone,
    ] as never[]),
  )
  await sendAnew(transaction, user, [...kinds.values()], after, org.timeZone)
  await jobs.send(gatherJob, { org: org.id }, {}, transaction)
  return after
}

function chosen(kinds: ReadonlyMap<string, Notice>, { choices }: SettingRow, { kinds: changed }: SettingsChange) {
  const all: Record<string, Choice> = { ...choices }
  changed.forEach(({ kind, inbox, mail }, place) => {
    const notice = kinds.get(kind)
    const wrong = (code: string) => {
      const message = say(`notifications:settings.${code}`, { label: notice?.label ?? kind })
      return refuse(code === 'always' ? 'always' : 'invalid', message, {
        errors: [{ path: `kinds.${place}`, code, message }],
      })
    }
    if (!notice) return wrong('unknown_kind')
    if (notice.always && (inbox === false || (mail !== undefined && mail !== 'now'))) return wrong('always')
    const { before: _before, ...now } = all[kind] ?? {}
    all[kind] = { ...now, ...(inbox === undefined ? {} : { inbox }), ...(mail === undefined ? {} : { mail }) }
    return undefined
  })
  return all
}

/** Reckons anew when waiting news are mailed; what is off is not. What is in a mail already goes with it. */
export async function sendAnew(
  { query }: Pick<Transaction, 'query'>,
  user: string | null,
  kinds: readonly Notice[],
  row: SettingRow,
  orgZone: string,
): Promise<void> {
  const { rows } = await query<{ notice: string }>(
    `select distinct notice from foundation.notification
    where user_id = $1 and mail_due_at > now() and mail_id is null`,
    [user],
  )
  const now = Temporal.Now.instant()
  for (const { notice: name } of rows) {
    const notice = kinds.find((one) => one.name === name)
    const mail: MailPace = notice ? waysOf(notice, wishesOf(row)).mail : 'off'
    const due = whenMailed(mail, notice?.always ?? false, rhythmOf(row, orgZone), now)
    await query(
      `update foundation.notification set pace = $3, mail_due_at = $4
      where user_id = $1 and notice = $2 and mail_due_at > now() and mail_id is null`,
      [user, name, due ? mail : null, due?.toString() ?? null],
    )
  }
}
