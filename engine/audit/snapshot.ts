/** Which transactions had committed at a moment, as PostgreSQL spells it: `xmin:xmax:running,…`. */
export interface Snapshot {
  readonly from: bigint
  readonly to: bigint
  readonly running: ReadonlySet<string>
}

export function readSnapshot(text: string): Snapshot {
  const [from = '', to = '', running = ''] = text.split(':')
  return { from: BigInt(from), to: BigInt(to), running: new Set(running ? running.split(',') : []) }
}

/** Whether a transaction had committed by then. Entries from before transactions were noted had. */
export function sees({ from, to, running }: Snapshot, transaction: string | null): boolean {
  if (transaction === null) return true
  const number = BigInt(transaction)
  return number < from || (number < to && !running.has(transaction))
}
