/** A fact in a message: a date, an amount, a name, already formatted for people. */
export interface Fact {
  readonly label: string
  readonly value: string
}

/** What somebody is told: sentences and facts, no markup. Laid out as an inbox line, as HTML, as text, in a digest. */
export interface Message {
  /** One line that says it all; the subject of its mail. */
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly facts?: readonly Fact[]
  /** The one thing to do. `path` is an address within the org's pages, such as `/members/0198…`. */
  readonly act?: { readonly label: string; readonly path: string }
  /** Small print. */
  readonly notes?: readonly string[]
}
