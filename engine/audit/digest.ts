import { hash } from 'node:crypto'

/** An entry as PostgreSQL spells its columns: nothing of it has been through a parser. */
export type RawEntry = Readonly<Record<(typeof entryColumns)[number], string | null>>

export const entryColumns = [
  'org_id',
  'id',
  'at',
  'xid',
  'actor',
  'actor_name',
  'act',
  'resource',
  'record',
  'old',
  'new',
  'via',
  'cause',
  'request_id',
  'address',
  'salt',
  'who_salt',
] as const

/** A seal in the same way; `digests`, `previous` and `hash` as hex. */
export interface Seal {
  readonly n: string
  readonly previous: string | null
  readonly hash: string
  readonly ids: readonly string[]
  readonly digests: string
  readonly sealedAt: string
  readonly snapshot: string | null
  readonly system: string
}

const sha256 = (text: string) => hash('sha256', text, 'hex')

/** Values follow one another with their lengths, so that no two lists of values spell the same text. */
const spell = (kind: string, values: readonly (string | null)[]) =>
  kind + values.map((value) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value}`)).join('')

/** `2026-11-21 10:37:00.12+00` → `2026-11-21T10:37:00.120000Z`. */
export const spellTime = (time: string) => {
  const [seconds = '', fraction = ''] = time.slice(11).replace('+00', '').split('.')
  return `${time.slice(0, 10)}T${seconds}.${fraction.padEnd(6, '0')}Z`
}

/** The digest of who it was, and from where. */
export const whoDigest = (entry: RawEntry) => sha256(spell('who 1', [entry.who_salt, entry.actor_name, entry.address]))

/** The digest of what the record held. */
export const whatDigest = (entry: RawEntry) => sha256(spell('what 1', [entry.salt, entry.old, entry.new]))

/** What must stand in the seal for an entry. */
export function entryDigest(entry: RawEntry, who: string, what: string): string {
  const { org_id, id, at, xid, actor, act, resource, record, via, cause, request_id } = entry
  const time = spellTime(at ?? '')
  return sha256(
    spell('entry 1', [org_id, id, time, xid, actor, act, resource, record, via, cause, request_id, who, what]),
  )
}

/** The hash that a seal must have, as the `n`th after `previous`. */
export function sealHash(org: string, { n, previous, sealedAt, snapshot, system, ids, digests }: Seal): string {
  return sha256(spell('seal 1', [org, n, previous, spellTime(sealedAt), snapshot, system, ids.join(','), digests]))
}

/** The digest that the entry about an erasure carries, of everything that it erased. */
export const erasureDigest = (rows: readonly { entry: string; part: string; digest: string }[]) =>
  sha256(rows.map(({ entry, part, digest }) => `${entry} ${part} ${digest}`).join(','))
