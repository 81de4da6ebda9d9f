import { isStorable } from '@commonhall/kernel'

/** What a person's password must not be made of. */
export interface PasswordOwner {
  readonly email: string
  readonly name: string
  /** Names and slugs of the person's orgs. */
  readonly orgs: readonly string[]
}

/** Why a password is refused: the key of a sentence under `engine:sign_in.password`, and what goes into it. */
export interface PasswordFault {
  readonly code: 'bad_characters' | 'too_long' | 'too_short' | 'too_plain' | 'too_common' | 'too_personal'
  readonly params: Readonly<Record<string, string | number>>
}

const shortest = 12
/** From here on length alone is enough: a passphrase. */
const passphrase = 20
const longest = 1_000
/** What must be left of a password without a word that anybody would guess. */
const leastRest = 8
/** Shorter names are parts of ordinary words. */
const shortestName = 4

const classes: readonly (readonly [name: string, shape: RegExp])[] = [
  ['upper', /\p{Lu}/u],
  ['lower', /\p{Ll}/u],
  ['digit', /\p{Nd}/u],
  ['special', /[^\p{L}\p{N}]/u],
]

/** One spelling for what looks the same, whichever keyboard wrote it: é in one character or in two. */
export const normalPassword = (password: string) => password.normalize('NFKC')

/**
 * The first thing wrong with a new password, or null. 12 characters of four classes, or 20 of any kind; not one of
 * `common`, nor made of the person's or an org's name, with little added.
 */
export function passwordFault(chosen: string, owner: PasswordOwner, common: ReadonlySet<string>): PasswordFault | null {
  if (!isStorable(chosen)) return { code: 'bad_characters', params: {} }
  const password = normalPassword(chosen)
  const length = lengthOf(password)
  if (length > longest) return { code: 'too_long', params: { length, longest } }
  if (length < shortest) return { code: 'too_short', params: { length, shortest, passphrase } }
  const missing = classes.filter(([, shape]) => !shape.test(password)).map(([name]) => name)
  if (length < passphrase && missing.length) {
    return { code: 'too_plain', params: { missing: missing.join(' '), length, passphrase } }
  }
  if (isCommon(password, common)) return { code: 'too_common', params: {} }
  const name = guessable(owner).find((one) => restWithout(password, one) < leastRest)
  return name ? { code: 'too_personal', params: { name } } : null
}

/** In code points, as the standards count. */
const lengthOf = (text: string) => Array.from(text).length

/** "Password123!" is "password" with the usual trimmings. */
function isCommon(password: string, common: ReadonlySet<string>): boolean {
  const lower = password.toLowerCase()
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return common.has(lower) || (common.has(core) && lengthOf(lower) - lengthOf(core) < leastRest)
}

function guessable({ email, name, orgs }: PasswordOwner): string[] {
  const [local = ''] = email.split('@')
  return [email, local, name, ...orgs].filter((one) => bare(one).length >= shortestName)
}

function restWithout(password: string, name: string): number {
  const letters = bare(password)
  return letters.includes(bare(name)) ? letters.replaceAll(bare(name), '').length : Infinity
}

/** Without case, spaces and signs: "Local 100" and "local-100" are one name. */
const bare = (words: string) =>
  normalPassword(words)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
