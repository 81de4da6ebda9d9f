/** Three, two and four digits, or what masks them, with any dash or space that programs put between them. */
const written = /(?<![\d-])[\dXx*•]{3}([-\u2010-\u2015\u2212])[\dXx*•]{2}\1(\d{4})(?![\d-])/g

const heading =
  /\bs\.?s\.?n\b|\bssn?(?:\b|_|#|no)|soc(?:ial)?[\s._-]*sec|^\s*social(?:\s*(?:#|no\.?|num(?:ber)?))?\s*$/i

/** Whether a column's heading says that social security numbers stand in it. */
export const saysSocialSecurity = (text: string): boolean => heading.test(text)

/**
 * A cell without a full social security number: only its last four digits stay. In a column that is known to hold
 * them, anything longer than four digits is cut, however it is written. Runs before a cell is stored, shown or logged.
 */
export function cutSocialSecurity(cell: string, labelled: boolean): string {
  if (labelled) {
    const digits = cell.replace(/\D/g, '')
    return digits.length > 4 ? digits.slice(-4) : cell.replace(/^[\s*Xx•-]+(?=\d{4}\s*$)/, '')
  }
  return cell.length < 11 ? cell : cell.replace(written, '$2')
}
