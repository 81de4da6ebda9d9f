import type { Marks } from '../../ballots/ballot.ts'
import type { BallotPage } from './ballot-page.ts'

/** How far a ballot of this device has come: asked for, signed, sealed and on its way, or in the box. */
export type Stage = 'asked' | 'signed' | 'sealed' | 'cast'

/** What this device keeps of a ballot. Of one that was cast, the receipt is all. */
export interface KeptBallot {
  readonly stage: Stage
  readonly receipt: string | null
}

/** What the booth is doing, for people who wait. */
export type Step = 'preparing' | 'asking' | 'sealing' | 'casting'

/** Why a ballot could not be cast; `code` is the server's, or one of the booth's own. */
export class BoothProblem extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'BoothProblem'
    this.code = code
  }
}

/** The way to the server as the person who has signed in: `call` of the browser machine. */
export type Call = <Reply>(method: 'POST', path: string, send: { body: unknown }) => Promise<Reply>

export interface BoothDoors {
  readonly org: string
  readonly call: Call
}

/** Where somebody votes: keeps what it needs on the device before it asks for anything, and goes on where it was. */
export interface Booth {
  /** What this device keeps of a voter's ballot; null when nothing. */
  kept(page: BallotPage, voter: string): Promise<KeptBallot | null>
  /**
   * Takes the ballot paper, seals the ballot and casts it, and answers the receipt. Called again after a lost reply, a
   * reload or from another tab it goes on where it was: a ballot that was sealed is sent as it was sealed.
   * @throws BoothProblem
   */
  cast(
    page: BallotPage,
    voter: string,
    choices: Readonly<Record<string, Marks>>,
    told?: (step: Step) => void,
  ): Promise<{ receipt: string; resumed: boolean }>
  /** Takes the receipt off this device. */
  forget(page: BallotPage, voter: string): Promise<void>
}
