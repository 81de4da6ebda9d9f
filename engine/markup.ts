const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand anywhere in HTML, attributes included. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

/** HTML that was made by `markup`, so that what comes from people is escaped in it. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

type Filling = string | number | false | undefined | Markup | readonly Markup[]

/** A template whose values are escaped, but for those that `markup` made. Nothing is written for what is not there. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Filling[]): Markup =>
  new Markup(parts.map((part, at) => part + filled(values[at])).join(''))

function filled(value: Filling): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Markup) return `${value}`
  return typeof value === 'object' ? value.join('\n') : escapeHtml(`${value}`)
}
