import type { ReadingHints } from '@commonhall/kernel'

const threeParts = /^\s*(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T]|\s*$)/
const commaDecimal = /^\s*[$€£]?-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}\s*[€$£%]?\s*$/
const pointDecimal = /^\s*[$€£]?-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,2}\s*[€$£%]?\s*$/

export type DateOrder = NonNullable<ReadingHints['dateOrder']>

/** Looks at cells until it is clear how the file writes dates and numbers: settled once, never cell by cell. */
export class Evidence {
  #monthFirst = 0
  #dayFirst = 0
  #yearFirst = 0
  #either = 0
  #comma = 0
  #point = 0

  see(cell: string): void {
    const parts = threeParts.exec(cell)
    if (parts) this.#seeDate(parts[1]!, Number(parts[1]), Number(parts[2]))
    else if (commaDecimal.test(cell)) this.#comma++
    else if (pointDecimal.test(cell)) this.#point++
  }

  #seeDate(lead: string, first: number, second: number): void {
    if (lead.length === 4) this.#yearFirst++
    else if (first >= 1 && first <= 12 && second > 12 && second <= 31) this.#monthFirst++
    else if (second >= 1 && second <= 12 && first > 12 && first <= 31) this.#dayFirst++
    else if (first >= 1 && first <= 12 && second >= 1 && second <= 12) this.#either++
  }

  /** Month first where nothing speaks against it: so dates are written here. */
  get dateOrder(): DateOrder {
    if (this.#dayFirst > this.#monthFirst) return 'dmy'
    return this.#yearFirst > 0 && this.#monthFirst + this.#either === 0 ? 'ymd' : 'mdy'
  }

  /** False when dates could be read both ways, or some one way and some the other: then a person should look. */
  get dateOrderCertain(): boolean {
    if (this.#dayFirst > 0 && this.#monthFirst > 0) return false
    return this.#either === 0 || this.#dayFirst + this.#monthFirst > 0
  }

  get decimalMark(): '.' | ',' {
    return this.#comma > this.#point ? ',' : '.'
  }
}
