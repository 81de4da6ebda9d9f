import type { Rules } from './rules.ts'
import { byName } from './votes.ts'

/** Everybody who can be on a ballot, by a number that is their place in the arrays of a count. */
export interface Field {
  /** In the order of names. The excluded are among them. */
  readonly names: readonly string[]
  readonly numberOf: ReadonlyMap<string, number>
  /** The number of the write-in group; -1 where there is none. */
  readonly writeIns: number
  /** Who is out from the beginning. */
  readonly excluded: ReadonlySet<number>
}

/** `without`: besides the excluded, such as those who have a seat already. */
export function fieldOf(rules: Rules, without: readonly string[] = []): Field {
  const { candidates, excluded_candidates: excluded, undeclared_write_ins: writeIns } = rules
  const names = [...candidates, ...excluded, ...(writeIns.present ? [writeIns.name] : [])].toSorted(byName)
  const numberOf = new Map(names.map((name, number) => [name, number]))
  return {
    names,
    numberOf,
    writeIns: writeIns.present ? (numberOf.get(writeIns.name) ?? -1) : -1,
    excluded: new Set([...excluded, ...without].map((name) => numberOf.get(name) ?? -1)),
  }
}
