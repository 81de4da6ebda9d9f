import type { FrozenRules, Result } from '../wire.ts'

/** A fraction as rules name it: two thirds is `2/3`, and no rounded number is that. */
function fractionOf(text: string | undefined): readonly [number, number] | undefined {
  const [, over, under] = /^(\d+)\/(\d+)$/.exec(text ?? '') ?? []
  return over && under && Number(under) > 0 ? [Number(over), Number(under)] : undefined
}

/** What the bars of a vote are drawn from: the length of each, and where more than enough begins, from 0 to 1. */
export interface Drawn {
  readonly lengths: Readonly<Record<'yes' | 'no' | 'abstain', number>>
  readonly mark: number | undefined
}

const baseOf = ({ yes, no, abstain, electorate, weighted }: Result, of: FrozenRules['majority_base']) => {
  if (of === 'electorate') return weighted ? undefined : electorate
  return of === 'votes-and-abstentions' ? yes + no + abstain : yes + no
}

/** Drawn to the scale of what the majority is taken of, so that the mark stands still while votes come in. */
export function drawn(result: Result, rules: FrozenRules): Drawn {
  const { yes, no, abstain } = result
  const base = baseOf(result, rules.majority_base)
  const scale = Math.max(base ?? 0, yes + no + (base === undefined ? abstain : 0), abstain, 1)
  const fraction = fractionOf(rules.threshold)
  return {
    lengths: { yes: yes / scale, no: no / scale, abstain: abstain / scale },
    mark: base && fraction ? (base * fraction[0]) / fraction[1] / scale : undefined,
  }
}

/** How many count toward the quorum so far; weighted votes are told in words alone. */
export function counted(result: Result, { count_abstentions, count_presence }: FrozenRules): number | undefined {
  if (result.weighted) return undefined
  return (
    result.yes + result.no + (count_abstentions === false ? 0 : result.abstain) + (count_presence ? result.present : 0)
  )
}

/** In tenths of a percent of all votes: what was cast, as it is read. */
export const percentOf = (part: number, whole: number) => (whole ? Math.round((part * 1000) / whole) / 10 : 0)
