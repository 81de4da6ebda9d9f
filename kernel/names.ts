/** `first_name` → `First name`. */
export function sentenceCase(name: string): string {
  const spaced = name.replace(/[_-]+/g, ' ').trim()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** `Rate cards` → `rate-cards`. */
export const kebab = (words: string) =>
  words
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')

/** `market-recovery` → `market_recovery`: how a module's name is spelled in SQL. */
export const snake = (words: string) => kebab(words).replaceAll('-', '_')

/** What two headings must share to be the same: letters and digits, without accents and case. */
export const foldName = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
