import type { OrgKind } from '@commonhall/kernel'

type Choice = 'yes' | 'no' | 'abstain' | null

/** Something that somebody says in a discussion: who, as a place among the members, and after how many days. */
interface Said {
  readonly by: number
  readonly text: string
  readonly answers?: readonly Said[]
}

/** A proposal of the demo. Days are counted from today. */
export interface DemoProposal {
  readonly title: string
  readonly text: string
  readonly state: 'discussion' | 'voting' | 'decided'
  readonly preset: string
  readonly author: number
  readonly discussed: number
  /** When voting was open, or will close; nothing while it is discussed. */
  readonly voted?: readonly [opens: number, closes: number]
  /** How the electorate voted, over and over in the order of its names; null has not voted. */
  readonly votes?: readonly Choice[]
  readonly amendments?: readonly {
    readonly by: number
    readonly summary: string
    readonly text: string
    readonly accepted: boolean
  }[]
  readonly said: readonly Said[]
}

const yes = 'yes'
const no = 'no'
const abstain = 'abstain'

const roof = `We replace the roof over the north stair before winter.

1. The offer of Harbor Roofing for 86,400 dollars is taken.
2. It is paid from the reserve. Charges do not rise for it.
3. Work begins within six weeks of this decision.`

const laundry = `The laundry room is open from 7 in the morning until 10 at night.

Two machines are replaced this year, from the budget for repairs.`

const bicycles = `The store beside the gate becomes a room for bicycles, with racks for 40 and a lock that opens
with the house key.`

const bicyclesCheaper = `${bicycles}

It may cost 6,000 dollars at most. What is more is asked for again.`

const cooperative: readonly DemoProposal[] = [
  {
    title: 'A new roof over the north stair',
    text: roof,
    state: 'decided',
    preset: 'coop-unit',
    author: 3,
    discussed: -60,
    voted: [-45, -38],
    votes: [yes, yes, no, yes, null, yes, abstain, yes, no, yes],
    said: [
      {
        by: 5,
        text: 'The stain on the fourth floor has grown by a foot since spring. I would not wait another winter.',
        answers: [{ by: 3, text: 'That is why the offer says six weeks. They can start on the first dry Monday.' }],
      },
      {
        by: 8,
        text: 'Are there other offers?',
        answers: [{ by: 3, text: 'Three. This is the second lowest; the lowest gives no warranty on the flashing.' }],
      },
      { by: 12, text: 'I am for it if the charge really stays as it is.' },
    ],
  },
  {
    title: 'No short stays of guests',
    text: 'Nobody lets a unit, or a room in it, for fewer than 30 days.',
    state: 'decided',
    preset: 'coop-member',
    author: 7,
    discussed: -40,
    voted: [-30, -23],
    votes: [yes, null, null, no, null, null, null, yes, null, null],
    said: [
      { by: 2, text: 'I read it twice and still do not know whether my sister may pay me for the heating.' },
      { by: 14, text: 'Let us talk about this at the meeting, with more people there.' },
    ],
  },
  {
    title: 'Longer hours for the laundry room',
    text: laundry,
    state: 'discussion',
    preset: 'coop-member',
    author: 4,
    discussed: -3,
    amendments: [
      {
        by: 9,
        summary: 'Close at 9, for those who live above',
        text: laundry.replace('10 at night', '9 at night'),
        accepted: false,
      },
    ],
    said: [
      {
        by: 9,
        text: 'The pipes run beside our bedroom. Ten is late on a weekday.',
        answers: [{ by: 4, text: 'Would nine do? Please write it as an amendment, then we can vote on it.' }],
      },
      { by: 0, text: 'Could the new machines take cards?' },
    ],
  },
  {
    title: 'A room for bicycles',
    text: bicycles,
    state: 'voting',
    preset: 'coop-member',
    author: 6,
    discussed: -16,
    voted: [0, 12],
    votes: [yes, null, null, no, null, yes, null, abstain, null, yes, null],
    amendments: [{ by: 11, summary: 'A limit to what it costs', text: bicyclesCheaper, accepted: true }],
    said: [
      {
        by: 11,
        text: 'I like it, but somebody has to say what it may cost.',
        answers: [{ by: 6, text: 'Agreed. Your amendment is in the text now.' }],
      },
      { by: 10, text: 'Where do the brooms go?' },
    ],
  },
]

const training = `The local pays for one more instructor, two evenings a week from September to May.

1. It costs 11,200 dollars a year, from the training fund.
2. The officers report to the membership after the first year.`

const local: readonly DemoProposal[] = [
  {
    title: 'Strike fund: 2 dollars a month',
    text: 'Of each month’s dues, 2 dollars go to the strike fund. Dues do not rise for it.',
    state: 'decided',
    preset: 'union-local',
    author: 5,
    discussed: -50,
    voted: [-36, -34],
    votes: [yes, null, yes, no, null, null, yes, abstain, null, yes],
    said: [
      {
        by: 8,
        text: 'What does the fund hold now?',
        answers: [{ by: 5, text: 'Enough for eleven days. After a year of this it is nineteen.' }],
      },
    ],
  },
  {
    title: 'One more instructor for evening classes',
    text: training,
    state: 'voting',
    preset: 'union-local',
    author: 2,
    discussed: -15,
    voted: [0, 12],
    votes: [null, null, yes, null, null, no, null, null, yes, null, null, abstain, null],
    said: [
      { by: 7, text: 'Thirty apprentices in one room is too many. I have taught it.' },
      {
        by: 4,
        text: 'Is the training fund the right place to take it from?',
        answers: [{ by: 2, text: 'The trustees of the fund say so, in the letter of last month.' }],
      },
    ],
  },
]

export const demoProposals = (kind: OrgKind): readonly DemoProposal[] => (kind === 'union-local' ? local : cooperative)

export type { Said }
