import { actOn, call, type Row } from '@commonhall/ui'
import { t } from '../t.ts'

/** What is chosen before a vote opens. Instants are as on the wire, empty where nothing is chosen. */
export interface SetUp {
  readonly rule_set: string
  readonly way: 'roll-call' | 'secret'
  readonly begin: 'now' | 'later'
  readonly opens_at: string
  readonly closes_at: string
}

export type Faults = Readonly<Partial<Record<keyof SetUp | 'refused', string>>>

export const startOf = (row: Row): SetUp => ({
  rule_set: String(row['rule_set'] ?? ''),
  way: row['way'] === 'secret' ? 'secret' : 'roll-call',
  begin: row['opens_at'] ? 'later' : 'now',
  opens_at: String(row['opens_at'] ?? ''),
  closes_at: String(row['closes_at'] ?? ''),
})

/** What is missing, field by field, before the server is asked. */
export function faultsOf({ rule_set, begin, opens_at, closes_at }: SetUp): Faults {
  return {
    ...(rule_set ? {} : { rule_set: t('opening.needsRules') }),
    ...(begin === 'later' && !opens_at ? { opens_at: t('opening.needsBegin') } : {}),
    ...(closes_at ? {} : { closes_at: t('opening.needsEnd') }),
  }
}

/** Keeps what was chosen, and opens the vote if that is to be now. */
export async function setUp(org: string, row: Row, { begin, opens_at, ...chosen }: SetUp): Promise<void> {
  const body = { ...chosen, opens_at: begin === 'later' ? opens_at : null }
  await call('PATCH', `/orgs/${org}/proposals/${row.id}`, { body, version: row.version })
  if (begin === 'now') await actOn(org, 'proposals', row.id, 'open-vote', {})
}

const versionIn = (rows: readonly Row[], today: string) =>
  rows.find((one) => String(one['from_on']) <= today && String(one['until_on'] ?? '9999') >= today) ?? rows[0]

/** Rule sets as they are called: of each name the version that is in force. */
export function ruleOptions(rows: readonly Row[], today: string): { value: string; label: string }[] {
  const byName = Map.groupBy(rows, (row) => String(row['name']).toLowerCase())
  return [...byName.values()].flatMap((versions) => {
    const found = versionIn(versions, today)
    return found && found['union_election'] !== true ? [{ value: found.id, label: String(found['name']) }] : []
  })
}
