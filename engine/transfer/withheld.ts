import { say } from '@commonhall/kernel'

/** Why something of an org is left out of its export: a key of `transfer:why`. */
export type Why = 'secret' | 'passing' | 'derived' | 'house'

/** Whole tables. */
const tables: Readonly<Record<string, Why>> = {
  'foundation.idempotency_key': 'passing',
}

const columns: Readonly<Record<string, Why>> = {
  'foundation.issued_invitation.token_hash': 'secret',
  'foundation.import.upload_hash': 'passing',
  'foundation.import.upload_key': 'passing',
  'foundation.org.access_stamp': 'house',
  // Whoever has the address of a chat's incoming webhook can write there.
  'foundation.webhook_setup.url': 'secret',
}

/** Columns named like secrets that are none: without them nobody could verify the audit trail or a ballot box. */
const open: ReadonlySet<string> = new Set([
  'foundation.audit_seal.hash',
  'foundation.audit_head.hash',
  // It is spent, and what the ballot is verified with.
  'governance.ballot.token',
])

const secretive = /secret|token|password|passphrase|hash|private|credential|recovery/

export const whyTable = (table: string): Why | undefined => tables[table]

/**
 * Why a column is left out; undefined where it is not. What is named like a secret stays out until somebody has put it
 * on the list of those that are none.
 */
export function whyColumn(table: string, name: string, generated: boolean): Why | undefined {
  const full = `${table}.${name}`
  if (generated) return 'derived'
  return columns[full] ?? (secretive.test(name) && !open.has(full) ? 'secret' : undefined)
}

export const reasonOf = (why: Why): string => say(`transfer:why.${why}`)
