import { choicesOf, type Field, foldName, kindOf, type Resource } from '@commonhall/kernel'
import { headingWords } from './headings.ts'
import type { Mapping } from './mapping.ts'
import type { Target } from './targets.ts'

/** How sure a guess is. The surest take their fields first. */
const sureness = { ownName: 5, otherName: 4, sameWords: 3, beginning: 2, values: 1 } as const

interface Guess {
  readonly column: number
  readonly target: Target
  readonly sure: number
}

/** Which column goes where, from the headings and, where those say nothing, from the values under them. */
export function guessMapping(
  resource: Resource,
  targets: readonly Target[],
  headings: readonly string[],
  sample: readonly (readonly string[])[],
): Mapping {
  const guesses = headings.flatMap((heading, column) =>
    targets.flatMap((target) => {
      const values = sample.map((cells) => cells[column] ?? '').filter((cell) => cell.trim() !== '')
      const declared = resource.fields[target.to]
      const sure = byHeading(heading, target) || byValues(declared, values)
      return sure && !contradicts(declared, values) ? [{ column, target, sure }] : []
    }),
  )
  const chosen = new Map<number, Target>()
  const filled = new Set<string>()
  for (const { column, target } of ranked(guesses)) {
    if (chosen.has(column) || target.into.some((name) => filled.has(name))) continue
    chosen.set(column, target)
    for (const name of target.into) filled.add(name)
  }
  return {
    columns: headings.map((heading, column) => ({ heading, to: chosen.get(column)?.to ?? null })),
    constants: constantsFor(resource, filled),
  }
}

/** Surest first. A weak guess that could as well mean another field is no guess. */
function ranked(guesses: readonly Guess[]): Guess[] {
  const isAmbiguous = ({ column, target, sure }: Guess) =>
    sure <= sureness.beginning &&
    guesses.some((other) => other.column === column && other.target !== target && other.sure === sure)
  return guesses.filter((guess) => !isAmbiguous(guess)).toSorted((a, b) => b.sure - a.sure || a.column - b.column)
}

function byHeading(heading: string, target: Target): number {
  const folded = foldName(heading)
  if (folded === '') return 0
  if (target.isHeading?.(heading)) return sureness.otherName
  const position = target.names.findIndex((name) => foldName(name) === folded)
  if (position >= 0) return position < 2 ? sureness.ownName : sureness.otherName
  const words = headingWords(heading)
  const others = target.names.map(headingWords)
  if (others.some((other) => other.join(' ') === words.join(' '))) return sureness.sameWords
  const [word = ''] = words
  const begins =
    words.length === 1 &&
    word.length >= 4 &&
    others.some(
      (other) =>
        other.length === 1 && (other[0]!.startsWith(word) || (other[0]!.length >= 4 && word.startsWith(other[0]!))),
    )
  return begins ? sureness.beginning : 0
}

/** Only values that could hardly be anything else speak for a field: e-mail addresses, and the words of a choice. */
function byValues(declared: Field | undefined, values: readonly string[]): number {
  const isTelling = declared && ((declared as { format?: string }).format === 'email' || choicesOf(declared).length > 1)
  return isTelling && values.length >= 3 && shareRead(declared, values) >= 0.9 ? sureness.values : 0
}

/** A column called "State" that holds WA and MN is not a standing: most values speak against it. */
const contradicts = (declared: Field | undefined, values: readonly string[]) =>
  declared !== undefined && choicesOf(declared).length > 0 && values.length >= 3 && shareRead(declared, values) < 0.3

const shareRead = (declared: Field, values: readonly string[]) =>
  values.filter((value) => kindOf(declared).read(value, declared, {}).ok).length / values.length

/** A list of people that another program kept is a list of those who belong, not of those who have just applied. */
function constantsFor(resource: Resource, filled: ReadonlySet<string>): Record<string, string> {
  const { state } = resource.fields
  const isOpen = state !== undefined && !state.computed && !filled.has('state')
  return isOpen && choicesOf(state).includes('active') && state.default !== 'active' ? { state: 'active' } : {}
}
