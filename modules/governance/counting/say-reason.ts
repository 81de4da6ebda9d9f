import { say } from '@commonhall/kernel'
import type { OpenTie, Reason } from './result.ts'

/** Names as people list them: A, B and C. */
function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return say('governance:counting.names.two', { one: names.slice(0, -1).join(', '), other: names.at(-1) })
}

/** Why somebody was elected or eliminated, as a sentence. `nameOf`: what people are called, where ids were counted. */
export function sayReason({ code, candidates, params }: Reason, nameOf = (candidate: string) => candidate): string {
  const among = Array.isArray(params['among']) ? { among: listed(params['among'].map(nameOf)) } : {}
  return say(`governance:counting.reasons.${code}`, { ...params, ...among, who: listed(candidates.map(nameOf)) })
}

/** The question that a tie asks. */
export const sayTie = ({ for: what, round, among }: OpenTie, nameOf = (candidate: string) => candidate): string =>
  say(`governance:counting.asks.${what}`, { round, among: listed(among.map(nameOf)) })
