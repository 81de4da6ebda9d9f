/** One line: what would end it, or move a column, becomes a space. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim()

/** What a letter with an accent is without it; what has no such letter is a question mark. */
export const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[‘’‚]/g, "'")
    .replaceAll(/[–—−]/g, '-')
    .replaceAll(/[^\u0020-\u007e]/g, '?')
