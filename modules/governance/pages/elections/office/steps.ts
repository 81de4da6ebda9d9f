/** The steps of an election, in their order. */
export const steps = ['nominations', 'ballot', 'notices', 'voting', 'counting', 'certified'] as const

export type Step = (typeof steps)[number]

const byState: Readonly<Record<string, Step>> = {
  draft: 'nominations',
  nominations: 'nominations',
  published: 'notices',
  voting: 'voting',
  counting: 'counting',
  contested: 'counting',
  certified: 'certified',
}

/** At which step an election is. Once the last day for nominations is over, it is at its ballot. */
export function stepOf(state: string, nominationsUntil: string | null, now: number): Step {
  const isOver = nominationsUntil !== null && Date.parse(nominationsUntil) <= now
  return state === 'nominations' && isOver ? 'ballot' : (byState[state] ?? 'nominations')
}

/** The acts that lead on from a step, or back. What a workflow allows besides stands under other acts. */
export const actOf: Readonly<Record<string, string>> = {
  draft: 'open-nominations',
  nominations: 'publish',
  published: 'open',
  voting: 'close',
  counting: 'certify',
  contested: 'certify',
}
