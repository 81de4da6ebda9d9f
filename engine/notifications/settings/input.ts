import { type FieldError, mailPaces, type MailPace, Refusal, say } from '@commonhall/kernel'
import { isPace } from './choice.ts'
import type { SettingRow } from './settings.ts'
import { timeZones } from './time-zones.ts'

/** What somebody wants otherwise. */
export interface SettingsChange {
  readonly kinds: readonly { readonly kind: string; readonly inbox?: boolean; readonly mail?: MailPace }[]
  readonly columns: Partial<SettingRow>
}

type Body = Readonly<Record<string, unknown>>

const clock = /^([01]\d|2[0-3]):[0-5]\d$/
const mostKinds = 500

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

const isWhole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most

/** Reads the body of a change; everything that is wrong with it is told at once. */
export function readSettings(body: unknown, orgZone: string): SettingsChange {
  const faults: FieldError[] = []
  const fault = (path: string, code: string, about: object = {}) =>
    void faults.push({ path, code, message: say(`notifications:settings.${code}`, { ...about, path }) })
  const given = isObject(body) ? body : {}
  if (!isObject(body)) fault('', 'shape')
  const columns: Record<string, unknown> = {}
  const readers: Readonly<Record<string, (value: unknown) => void>> = {
    kinds: () => {},
    digest: (value) => readDigest(value, columns, fault),
    quiet: (value) => readQuiet(value, columns, fault),
    time_zone: (value) => readZone(value, orgZone, columns, fault),
    no_mail: (value) => (typeof value === 'boolean' ? void (columns['no_mail'] = value) : fault('no_mail', 'flag')),
  }
  for (const [name, value] of Object.entries(given)) {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (read) read(value)
    else fault(name, 'unknown')
  }
  const kinds = readKinds(given['kinds'], fault)
  if (faults.length) throw new Refusal('invalid', faults[0]?.message ?? '', { errors: faults })
  return { kinds, columns }
}

type Fault = (path: string, code: string, about?: object) => void

function readKinds(given: unknown, fault: Fault): SettingsChange['kinds'] {
  if (given === undefined) return []
  if (!Array.isArray(given) || given.length > mostKinds) return (fault('kinds', 'kinds'), [])
  given.forEach((one: unknown, place) => {
    const { kind, inbox, mail, ...more } = isObject(one) ? one : {}
    const path = `kinds.${place}`
    if (typeof kind !== 'string' || Object.keys(more).length) return fault(path, 'kinds')
    if (inbox !== undefined && typeof inbox !== 'boolean') fault(`${path}.inbox`, 'flag')
    if (mail !== undefined && !isPace(mail)) fault(`${path}.mail`, 'pace', { paces: mailPaces.join(', ') })
  })
  return given as SettingsChange['kinds']
}

function readDigest(given: unknown, columns: Record<string, unknown>, fault: Fault): void {
  const { hour, weekday, ...more } = isObject(given) ? given : { wrong: true }
  if (Object.keys(more).length) return fault('digest', 'digest')
  if (hour !== undefined && !isWhole(hour, 0, 23)) fault('digest.hour', 'hour')
  if (weekday !== undefined && !isWhole(weekday, 1, 7)) fault('digest.weekday', 'weekday')
  if (hour !== undefined) columns['digest_hour'] = hour
  if (weekday !== undefined) columns['digest_weekday'] = weekday
}

function readQuiet(given: unknown, columns: Record<string, unknown>, fault: Fault): void {
  const { from, until, ...more } = isObject(given) ? given : { wrong: given !== null }
  if (given !== null && Object.keys(more).length) return fault('quiet', 'quiet')
  for (const [name, value] of given === null ? [] : Object.entries({ from, until }))
    if (typeof value !== 'string' || !clock.test(value)) return fault(`quiet.${name}`, 'clock')
  if (given !== null && from === until) return fault('quiet', 'quiet_empty')
  columns['quiet_from'] = from ?? null
  columns['quiet_until'] = until ?? null
}

function readZone(given: unknown, orgZone: string, columns: Record<string, unknown>, fault: Fault): void {
  // An org may be in a zone whose name has gone out of use.
  const isZone = typeof given === 'string' && (timeZones().includes(given) || given === orgZone)
  if (given !== null && !isZone) return fault('time_zone', 'time_zone')
  columns['time_zone'] = given
}
