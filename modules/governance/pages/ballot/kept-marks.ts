import type { Marks } from './marks.ts'

/** Whose ballot, in which election. */
export interface Place {
  readonly org: string
  readonly election: string
  readonly voter: string
  readonly person: string
}

const nameOf = ({ org, election, voter, person }: Place) =>
  `commonhall:marks:${[org, election, voter, person].join(':')}`

/**
 * Marks that are not cast yet. They stay in this tab alone: a reload keeps them, closing the tab takes them along, and
 * whoever uses the device next does not find them.
 */
export const keptMarks = {
  read(place: Place): Marks {
    try {
      return (JSON.parse(sessionStorage.getItem(nameOf(place)) ?? '{}') as Marks | null) ?? {}
    } catch {
      return {}
    }
  },
  write(place: Place, marks: Marks): void {
    try {
      sessionStorage.setItem(nameOf(place), JSON.stringify(marks))
    } catch {
      // Where nothing may be kept, marks last as long as the page.
    }
  },
  wipe(place: Place): void {
    try {
      sessionStorage.removeItem(nameOf(place))
    } catch {
      // Nothing was kept.
    }
  },
}
