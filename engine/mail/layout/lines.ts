/** Signs that show nothing, and those that turn the direction of the words around them. */
const unseen = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** Text as one line. */
export const oneLine = (text: string): string => text.replace(unseen, ' ').replace(/\s+/g, ' ').trim()

/** Text whose lines stay, without gaps between them. */
export const cleanText = (text: string): string =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map(oneLine)
    .filter(Boolean)
    .join('\n')

export const clip = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`
