import { say } from '@commonhall/kernel'

/** What can be wrong with a trail. */
const kinds = [
  'edited',
  'deleted',
  'inserted',
  'backdated',
  'twice',
  'erased',
  'erasure',
  'reordered',
  'seal_changed',
  'seal_missing',
  'chain_broken',
  'truncated',
  'rewritten',
  'machinery',
  'cannot_seal',
] as const

export type Kind = (typeof kinds)[number]

/** One thing that is wrong, and where. */
export interface Finding {
  readonly kind: Kind
  readonly seal?: number
  readonly entry?: string
  /** When that entry happened, and what it was. */
  readonly at?: string
  readonly act?: string
  readonly resource?: string
  readonly record?: string | null
  /** What else tells: the head that differs and where it was kept, the function that was changed. */
  readonly detail?: string
}

/** The finding as a sentence. */
export function tellFinding(finding: Finding): string {
  const whole = finding.kind === 'reordered' && finding.entry === undefined ? '_seal' : ''
  return say(`engine:chain.found.${finding.kind}${whole}`, { ...finding })
}
