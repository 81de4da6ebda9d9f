/** An election of the demo. Days are counted from today. */
export interface DemoElection {
  readonly name: string
  readonly about: string
  readonly state: 'nominations' | 'voting' | 'certified'
  readonly nominatedUntil: number
  readonly noticed: number
  readonly opens: number
  /** Null: it has just closed. */
  readonly closes: number | null
  readonly observer: number
  /** Every so many of those who may vote have voted; nobody where it is none. */
  readonly everyNth: number
  readonly contests: readonly {
    readonly name: string
    readonly about: string
    readonly method: 'plurality' | 'stv'
    readonly seats: number
    /** Who stands, as places among the members. */
    readonly candidates: readonly { readonly member: number; readonly statement: string }[]
  }[]
}

const president = {
  name: 'President',
  about: 'One seat, for three years. Whoever has the most votes is elected.',
  method: 'plurality',
  seats: 1,
} as const

const trustees = {
  name: 'Trustees',
  about: 'Three seats, for two years. Rank as many as you like, the one you want most first.',
  method: 'stv',
  seats: 3,
} as const

const standing = {
  first: 'I have been a steward for nine years. I will answer the phone, and I will answer letters.',
  second: 'More evening classes, and a hiring hall that posts its list where everybody can read it.',
  third: 'The books on the table at every meeting. Nobody should have to ask twice what a dollar went for.',
  fourth: 'Safety first: a representative on each site with more than twenty of us.',
  fifth: 'I came in through the apprenticeship, and I want the next hundred to stay.',
  sixth: 'Twelve years at the harbor, four on the bargaining committee.',
}

const six = (from: number) => Object.values(standing).map((statement, n) => ({ member: from + n, statement }))

const officers = (year: number): DemoElection => ({
  name: `Officers and trustees ${year}`,
  about: 'The regular election. The installation of officers is at the next meeting.',
  state: 'certified',
  nominatedUntil: -60,
  noticed: -50,
  opens: -21,
  closes: null,
  observer: 20,
  everyNth: 3,
  contests: [
    { ...president, candidates: six(3).slice(0, 3) },
    { ...trustees, candidates: six(10) },
  ],
})

const delegates = (year: number): DemoElection => ({
  name: `Delegates to the convention ${year}`,
  about: 'Delegates go to the state convention and report to the next meeting.',
  state: 'voting',
  nominatedUntil: -30,
  noticed: -25,
  opens: -2,
  closes: 12,
  observer: 21,
  everyNth: 12,
  contests: [
    {
      name: 'Chair of the delegation',
      about: 'One seat. Whoever has the most votes is elected.',
      method: 'plurality',
      seats: 1,
      candidates: six(16).slice(0, 3),
    },
    {
      name: 'Delegates',
      about: 'Three seats. Rank as many as you like, the one you want most first.',
      method: 'stv',
      seats: 3,
      candidates: six(24).slice(0, 5),
    },
  ],
})

const agent = (year: number): DemoElection => ({
  name: `Business agent ${year}`,
  about: 'Members in good standing may nominate, themselves too. Whoever is nominated must accept.',
  state: 'nominations',
  nominatedUntil: 14,
  noticed: 0,
  opens: 45,
  closes: 60,
  observer: 22,
  everyNth: 0,
  contests: [
    {
      name: 'Business agent',
      about: 'One seat, for three years.',
      method: 'plurality',
      seats: 1,
      candidates: six(30).slice(0, 2),
    },
  ],
})

/** One that is over, one in which people vote, and one for which they nominate. */
export function demoElections(today: string): readonly DemoElection[] {
  const year = Number(today.slice(0, 4))
  return [officers(year), delegates(year + 1), agent(year + 1)]
}
