import type { Typesetter } from './typesetter.ts'

/** How wide characters are in plain and in bold type, in times its size. Typst itself says it, in one question. */
const ruler = `
#set text(font: "Source Sans 3", size: 100pt, number-width: "tabular")
#let wide(weight) = json(bytes(sys.inputs.characters)).map(one => measure(text(weight: weight, one)).width / 100pt)
#context [#metadata((wide("regular"), wide("semibold"))) <found>]`

export type Weight = 'plain' | 'bold'

/** Knows how wide a text would be on one line. */
export class Lettering {
  readonly #widths: Readonly<Record<Weight, ReadonlyMap<string, number>>>

  private constructor(widths: Readonly<Record<Weight, ReadonlyMap<string, number>>>) {
    this.#widths = widths
  }

  /** For texts that are made of these characters. */
  static of(characters: ReadonlySet<string>, typesetter: Typesetter): Lettering {
    const all = [...characters]
    const [plain = [], bold = []] = typesetter.query(ruler, { characters: JSON.stringify(all) }) as number[][]
    const widths = (one: number[]) => new Map(all.map((character, at) => [character, one[at] ?? 1]))
    return new Lettering({ plain: widths(plain), bold: widths(bold) })
  }

  /** In times the size of the type. Pairs of letters that lie closer together are not looked at. */
  widthOf(text: string, weight: Weight): number {
    const widths = this.#widths[weight]
    let width = 0
    for (const character of text) width += widths.get(character) ?? 1
    return width
  }
}
