import { choicesOf, type Field, foldName, kindOf, type Resource } from '@commonhall/kernel'
import { headingWords } from './headings.ts'
import type { Mapping } from './mapping.ts'
import type { Target } from './targets.ts'

/** How sure a guess is. The surest take their fields first. */
const sureness = { sameName: 4, sameWords: 3, beginning: 2, values: 1 } as const

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
  const guesses = headings.flatMap((heading, column) => targets.flatMap((target) => {
    const sure = byHeading(heading, target) || byValues(resource.fields[target.to], sample.map((cells) => cells[column] ?? ''))
    return sure ? [{ column, target, sure }] : []
  }))
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
  const isAmbiguous = ({ column, target, sure }: Guess) => sure <= sureness.beginning
    && guesses.some((other) => other.column === column && other.target !== target && other.sure === sure)
  return guesses.filter((guess) => !isAmbiguous(guess)).toSorted((a, b) => b.sure - a.sure || a.column - b.column)
}

function byHeading(heading: string, target: Target): number {
  const folded = foldName(heading)
  if (folded === '') return 0
  if (target.names.some((name) => foldName(name) === folded)) return sureness.sameName
  const words = headingWords(heading)
  const others = target.names.map(headingWords)
  if (others.some((other) => other.join(' ') === words.join(' '))) return sureness.sameWords
  const [word = ''] = words
  const begins = words.length === 1 && word.length >= 4
    && others.some((other) => other.length === 1 && (other[0]!.startsWith(word) || (other[0]!.length >= 4 && word.startsWith(other[0]!))))
  return begins ? sureness.beginning : 0
}

/** Only values that could hardly be anything else speak for a field: e-mail addresses, and the words of a choice. */
function byValues(declared: Field | undefined, cells: readonly string[]): number {
  const isTelling = declared && ((declared as { format?: string }).format === 'email' || choicesOf(declared).length > 1)
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (!isTelling || filled.length < 3) return 0
  const kind = kindOf(declared)
  const fitting = filled.filter((cell) => kind.read(cell, declared, {}).ok).length
  return fitting >= filled.length * 0.9 ? sureness.values : 0
}

/** A list of people that another program kept is a list of those who belong, not of those who have just applied. */
function constantsFor(resource: Resource, filled: ReadonlySet<string>): Record<string, string> {
  const { state } = resource.fields
  const isOpen = state !== undefined && !state.computed && !filled.has('state')
  return isOpen && choicesOf(state).includes('active') && state.default !== 'active' ? { state: 'active' } : {}
}
