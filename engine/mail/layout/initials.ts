/** Two letters for a mark: of the first and last word, or a number's own first figures. As the pages draw it. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean)
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  if (/^\d/.test(last)) return last.slice(0, 3)
  return ([...(words[0] ?? '')].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase()
}
