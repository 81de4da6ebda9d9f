import { properCase } from './proper-case.ts'

const suffix = /^(jr|sr|ii|iii|iv|2nd|3rd|esq)\.?$/i

/** Words that belong to the family name after them, as in "Maria de la Cruz". */
const particles = new Set([
  'da',
  'das',
  'de',
  'del',
  'della',
  'den',
  'der',
  'di',
  'do',
  'dos',
  'du',
  'el',
  'la',
  'le',
  'los',
  'san',
  'st',
  'st.',
  'ten',
  'ter',
  'van',
  'vande',
  'vander',
  'von',
  'zu',
])

/**
 * One name as lists print it, "LAST, First Middle" or "First Middle Last", in its pieces. A middle name is all that
 * follows the first word, so "Mary Ann" is split too: nothing in the text tells them apart. Capitals become a proper
 * name only where a piece has nothing but capitals.
 */
export function splitName(text: string): Readonly<Record<string, string>> {
  const { family, given, after } = text.includes(',') ? familyFirst(text) : givenFirst(words(text))
  const [first = '', ...middle] = given
  const isShouted = !/\p{Ll}/u.test(text)
  return {
    last_name: properCase(family.join(' ')),
    first_name: givenCase(first, isShouted),
    middle_name: middle.map((word) => givenCase(word, isShouted)).join(' '),
    suffix: after.map(suffixCase).join(' '),
  }
}

interface Pieces {
  readonly family: readonly string[]
  readonly given: readonly string[]
  readonly after: readonly string[]
}

const words = (text: string) => text.trim().split(/\s+/).filter(Boolean)

/** "SMITH JR, John A", "SMITH, John A JR", "SMITH, JR., John A": the suffix stands wherever the program put it. */
function familyFirst(text: string): Pieces {
  const [before = '', ...rest] = text.split(',')
  const family = words(before)
  const others = nicknames(words(rest.join(' ')))
  const after = [...takeSuffix(family), ...others.filter((word) => suffix.test(word))]
  return { family, given: others.filter((word) => !suffix.test(word)), after }
}

function givenFirst(all: string[]): Pieces {
  const after = takeSuffix(all)
  let start = all.length - 1
  while (start > 1 && particles.has(all[start - 1]!.toLowerCase())) start--
  return { family: all.slice(Math.max(0, start)), given: nicknames(all.slice(0, Math.max(0, start))), after }
}

/** Takes a suffix off the end of a name that has more words than that. */
function takeSuffix(all: string[]): string[] {
  return all.length > 1 && suffix.test(all.at(-1)!) ? [all.pop()!] : []
}

/** A nickname in brackets or quotation marks stays with the first name: "James (Jim)". */
function nicknames(given: readonly string[]): string[] {
  const [first, second, ...rest] = given
  return first && second && /^[("“'].*[)"”']$/u.test(second) ? [`${first} ${second}`, ...rest] : [...given]
}

/** "LEE" in "SMITH, LEE" is a word, "TJ" and "J." are initials; beside small letters, capitals are meant. */
function givenCase(word: string, isShouted: boolean): string {
  return isShouted && /[AEIOUY]/iu.test(word.normalize('NFD')) && word.replace(/\P{L}/gu, '').length > 1
    ? properCase(word)
    : word
}

const suffixCase = (word: string) =>
  /^i/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
