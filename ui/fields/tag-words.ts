/** The words of a text that commas, tabs and lines part. */
export const wordsIn = (text: string): string[] =>
  text
    .split(/[,\r\n\t]/)
    .map((word) => word.trim())
    .filter(Boolean)

/** Those of both lists, each word once; letter case does not tell words apart. */
export function together(words: readonly string[], more: readonly string[]): string[] {
  const all = new Map<string, string>()
  for (const word of [...words, ...more]) if (!all.has(word.toLowerCase())) all.set(word.toLowerCase(), word)
  return [...all.values()]
}
