import { drawnOrder } from '../../counting/ties.ts'

/** Somebody, or something, that stands on a ballot. `sorted` is what an alphabet goes by: the last name first. */
export interface Listed {
  readonly id: string
  readonly sorted: string
}

const alphabet = new Intl.Collator('en-US', { sensitivity: 'base', numeric: true })

/** By the alphabet; who has the same name, by id, so that it is the same order each time. */
export const alphabetical = (all: readonly Listed[]): Listed[] =>
  all.toSorted((a, b) => alphabet.compare(a.sorted, b.sorted) || (a.id < b.id ? -1 : 1))

/** By lot: anybody can draw the same order again from the seed that is published with the ballot. */
export function drawn(seed: string, all: readonly Listed[]): Listed[] {
  const order = drawnOrder(
    seed,
    all.map(({ id }) => id),
  )
  return all.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
}
