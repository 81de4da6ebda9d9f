import { entryDigest, type RawEntry, type Seal, sealHash } from './digest.ts'

/** An entry that does not match its seal, with the digests of its parts. */
export interface Mismatch {
  readonly entry: RawEntry
  readonly who: string
  readonly what: string
  readonly sealed: string
}

/** More than this are not compared with one another. */
const most = 100

/** Of entries that do not match, those that have only changed places or times with one another. */
export function swapped(mismatches: readonly Mismatch[]): ReadonlySet<string> {
  const found = new Set<string>()
  const few = mismatches.slice(0, most)
  for (const one of few) {
    const fits = few.some((other) => {
      if (other === one) return false
      const moved = { ...one.entry, id: other.entry.id }
      const timed = { ...one.entry, at: other.entry.at }
      return (
        entryDigest(moved, one.who, one.what) === other.sealed || entryDigest(timed, one.who, one.what) === one.sealed
      )
    })
    if (fits) found.add(one.entry.id ?? '')
  }
  return found
}

/** Whether a seal that does not match is only out of order: within itself, or with another that does not. */
export function misplaced(org: string, seal: Seal, others: readonly Seal[]): boolean {
  const fits = (changed: Partial<Seal>) => sealHash(org, { ...seal, ...changed }) === seal.hash
  const pairs = seal.ids.map((id, place) => ({ id, digest: seal.digests.slice(64 * place, 64 * place + 64) }))
  const sorted = pairs.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const ids = sorted.map(({ id }) => id)
  const digests = sorted.map(({ digest }) => digest).join('')
  return (
    fits({ ids }) || fits({ ids, digests }) || fits({ digests }) || others.slice(0, most).some(({ n }) => fits({ n }))
  )
}
