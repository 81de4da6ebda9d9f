/** Tables that the server's role may only read, of its own org too. */
export const readOnlyTables: readonly string[] = [
  'foundation.audit_entry',
  'foundation.audit_erasure',
  'foundation.audit_head',
  'foundation.audit_seal',
  'foundation.file_usage',
  'foundation.grant',
  'foundation.issued_invitation',
  'foundation.issued_key',
  'foundation.membership',
  'foundation.membership_party',
  'foundation.role',
  'foundation.usage',
  'ledger.entry',
  'ledger.line',
  'market_recovery.movement',
]
