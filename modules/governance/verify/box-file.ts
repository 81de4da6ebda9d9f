/** What a published box says, as it is read from its file. Nothing of it is believed before it is checked. */

export interface CandidateInFile {
  readonly id: string
  readonly name: string
  /** Withdrew after the ballot was published. */
  readonly out?: boolean
}

export interface ContestInFile {
  readonly id: string
  readonly name: string
  readonly candidates: readonly CandidateInFile[]
  /** Rules in the shape of rules.json. */
  readonly counting: Readonly<Record<string, unknown>>
}

export interface HeadInFile {
  readonly format: string
  readonly organization: { readonly slug: string; readonly name: string }
  readonly election: { readonly id: string; readonly name: string }
  /** From which ties are drawn; published before voting opened. */
  readonly seed: string | null
  readonly key: string | null
  readonly key_fingerprint: string | null
  readonly contests: readonly ContestInFile[]
  readonly counters: Readonly<Record<string, unknown>>
}

export interface BallotInFile {
  /** Its line in the file, from 1. */
  readonly line: number
  readonly origin: 'online' | 'paper'
  readonly token: string
  readonly prefix: string
  readonly signature: string
  readonly ballot: string
  readonly ballot_signature: string
  readonly receipt: string
}

/** A box that could be read. */
export interface BoxFile {
  readonly head: HeadInFile
  readonly ballots: readonly BallotInFile[]
  /** Of contests, by their id. */
  readonly results: ReadonlyMap<string, unknown>
  /** What the file says its seal is, and what it comes to. */
  readonly seal: { readonly said: string; readonly found: string }
  /** The same of a sealed archive, which begins with the box; null where the file is the box alone. */
  readonly archive: { readonly said: string; readonly found: string } | null
}

export const knownFormat = 'commonhall-box/1'
