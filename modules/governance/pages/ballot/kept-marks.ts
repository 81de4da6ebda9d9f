import type { Marks } from './marks.ts'

/** Whose ballot, in which election. */
export interface Booth {
  readonly org: string
  readonly election: string
  readonly person: string
}

const nameOf = ({ org, election, person }: Booth) => `commonhall:booth:${org}:${election}:${person}`

/**
 * Marks that are not cast yet. They stay in this tab alone: a reload keeps them, closing the tab takes them along, and
 * whoever uses the device next does not find them.
 */
export const keptMarks = {
  read(booth: Booth): Marks {
    try {
      return (JSON.parse(sessionStorage.getItem(nameOf(booth)) ?? '{}') as Marks | null) ?? {}
    } catch {
      return {}
    }
  },
  write(booth: Booth, marks: Marks): void {
    try {
      sessionStorage.setItem(nameOf(booth), JSON.stringify(marks))
    } catch {
      // Where nothing may be kept, marks last as long as the page.
    }
  },
  wipe(booth: Booth): void {
    try {
      sessionStorage.removeItem(nameOf(booth))
    } catch {
      // Nothing was kept.
    }
  },
}
