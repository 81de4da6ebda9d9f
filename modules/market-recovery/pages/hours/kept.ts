import type { Typed } from './entry.ts'

/** Whose rows of which week: nobody else at this device is shown them. */
export interface Place {
  readonly org: string
  readonly person: string
  readonly contractor: string
  readonly ending: string
}

export type TypedRows = Readonly<Record<string, Typed>>

interface Kept {
  readonly at: number
  readonly rows: TypedRows
}

const prefix = 'commonhall:week:'
const longest = 30 * 86_400_000

const nameOf = ({ org, person, contractor, ending }: Place) => prefix + [org, person, contractor, ending].join(':')

const read = (name: string): Kept | undefined => {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null) ?? undefined
  } catch {
    return undefined
  }
}

/** What is typed and not saved stays on this device: a reload or a session that ends takes none of it. */
export const keptRows = {
  read: (place: Place): TypedRows => read(nameOf(place))?.rows ?? {},
  write(place: Place, rows: TypedRows) {
    try {
      if (Object.keys(rows).length) localStorage.setItem(nameOf(place), JSON.stringify({ at: Date.now(), rows }))
      else localStorage.removeItem(nameOf(place))
    } catch {
      // Private windows may refuse storage; what is typed then lasts as long as the page.
    }
  },
  /** Forgets what nobody has come back for. */
  clear() {
    try {
      for (const name of Object.keys(localStorage))
        if (name.startsWith(prefix) && Date.now() - (read(name)?.at ?? 0) > longest) localStorage.removeItem(name)
    } catch {
      // Nothing is kept where nothing can be.
    }
  },
}
