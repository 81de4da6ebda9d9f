/** An upload that has begun, and where on the server it goes on. */
export interface Unfinished {
  readonly url: string
  readonly name: string
  /** Org, record and field or file that it is for. */
  readonly place: string
}

const prefix = 'commonhall:upload:'

/** The same file, chosen once more for the same place: a browser tells no more of a file than this. */
export const printOf = (place: string, { name, size, lastModified }: File) =>
  `${prefix}${place}:${size}:${lastModified}:${name}`

/**
 * What is under way, remembered for as long as the tab: it outlives a reload, and leaves no names of files on a
 * computer that many use.
 */
export const unfinished = {
  read(print: string): Unfinished | undefined {
    try {
      return (JSON.parse(sessionStorage.getItem(print) ?? 'null') as Unfinished | null) ?? undefined
    } catch {
      return undefined
    }
  },
  note(print: string, known: Unfinished) {
    try {
      sessionStorage.setItem(print, JSON.stringify(known))
    } catch {
      // A browser that forbids it starts anew after a reload, and nothing else happens.
    }
  },
  forget(print: string) {
    try {
      sessionStorage.removeItem(print)
    } catch {
      // Nothing was kept then.
    }
  },
  /** All of one place. */
  of(place: string): { print: string; known: Unfinished }[] {
    try {
      return Object.keys(sessionStorage)
        .filter((print) => print.startsWith(`${prefix}${place}:`))
        .flatMap((print) => {
          const known = this.read(print)
          return known ? [{ print, known }] : []
        })
    } catch {
      return []
    }
  },
}
