/** Somebody who has a form open. */
export interface Editor {
  readonly id: string
  readonly name: string
  /** RFC 3339. */
  readonly since: string
}

/** What is told to all processes about one tab. */
export interface Stir {
  readonly org: string
  /** `members/{id}`. */
  readonly record: string
  readonly tab: string
  readonly editor: Editor
  readonly editing: boolean
}

interface Kept extends Stir {
  until: number
}

/** How long a page's word holds, in milliseconds; it says so anew every 20 seconds. */
const holds = 45_000

/** Tabs of one person, and of everybody: more are a program gone wrong. */
const mostOfOne = 30
const mostOfAll = 20_000

const topicOf = ({ org, record }: Pick<Stir, 'org' | 'record'>) => `${org} ${record}`

/**
 * Who is editing what. It is kept in memory, for it is worth nothing a minute later: each process hears of it by
 * signal, and one that has missed something learns it when the page next says so.
 */
export class Editing {
  readonly #tabs = new Map<string, Kept>()
  readonly #topics = new Map<string, Set<Kept>>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  get isEmpty(): boolean {
    return this.#tabs.size === 0
  }

  /** Takes in what one tab says. Whether anything is different for those who look. */
  stir(stir: Stir): boolean {
    const key = `${topicOf(stir)} ${stir.tab}`
    const known = this.#tabs.get(key)
    if (!stir.editing) return known?.editor.id === stir.editor.id && this.#remove(key, known)
    if (known) {
      if (known.editor.id === stir.editor.id) known.until = this.#now() + holds
      return false
    }
    if (this.#tabs.size >= mostOfAll || this.#ofPerson(stir) >= mostOfOne) return false
    const kept = { ...stir, until: this.#now() + holds }
    this.#tabs.set(key, kept)
    const topic = topicOf(stir)
    const others = this.#topics.get(topic) ?? new Set()
    const isNew = ![...others].some(({ editor }) => editor.id === stir.editor.id)
    this.#topics.set(topic, others.add(kept))
    return isNew
  }

  /** Who is editing a record, but for one person; the first comer first. */
  people(org: string, record: string, but: string): Editor[] {
    const people = new Map<string, Editor>()
    for (const { editor } of this.#topics.get(topicOf({ org, record })) ?? []) {
      const known = people.get(editor.id)
      if (editor.id !== but && (!known || editor.since < known.since)) people.set(editor.id, editor)
    }
    return [...people.values()].toSorted((a, b) => a.since.localeCompare(b.since))
  }

  /** What a tab has open. */
  ofTab(org: string, tab: string): Stir[] {
    return [...this.#tabs.values()].filter((one) => one.org === org && one.tab === tab)
  }

  /** Forgets tabs that have fallen silent; answers what they had open. */
  expire(): Stir[] {
    const now = this.#now()
    const silent = [...this.#tabs].filter(([, { until }]) => until <= now)
    return silent.flatMap(([key, kept]) => (this.#remove(key, kept) ? [kept] : []))
  }

  #remove(key: string, kept: Kept): boolean {
    this.#tabs.delete(key)
    const topic = topicOf(kept)
    const others = this.#topics.get(topic)
    others?.delete(kept)
    if (!others?.size) this.#topics.delete(topic)
    return ![...(others ?? [])].some(({ editor }) => editor.id === kept.editor.id)
  }

  #ofPerson({ org, editor }: Stir): number {
    let count = 0
    for (const one of this.#tabs.values()) if (one.org === org && one.editor.id === editor.id) count += 1
    return count
  }
}
