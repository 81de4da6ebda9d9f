/** What makes a spreadsheet take a cell for a formula, after any number of the apostrophes that we put in front. */
const risky = /^'*[=+\-@\t\r＝＋－＠]/

/** A cell that no spreadsheet will run: an apostrophe in front of what could be a formula. */
export const neutralize = (text: string): string => (risky.test(text) ? `'${text}` : text)

/** The cell as it was before `neutralize`. Other text stays as it is, apostrophe or not. */
export const restore = (text: string): string => (text.startsWith("'") && risky.test(text) ? text.slice(1) : text)
