import type { BallotContest, BallotForm } from '../../ballots/ballot.ts'

/** What `GET /elections/{id}/ballot` answers. */
export interface BallotPage extends BallotForm {
  readonly name: string
  readonly state:
    | 'draft'
    | 'nominations'
    | 'published'
    | 'voting'
    | 'counting'
    | 'certified'
    | 'contested'
    | 'withdrawn'
  readonly about: string | null
  readonly opens_at: string | null
  readonly closes_at: string | null
  readonly contests: readonly BallotContest[]
  /** Ballot papers are signed with its pair; null until voting opens. */
  readonly key: PublishedKey | null
  /** Those that one may take: one's own, that of a unit one shares, those of whom one holds a proxy. */
  readonly papers: readonly Paper[]
}

export interface PublishedKey {
  /** SubjectPublicKeyInfo of an RSA key, as base64. */
  readonly public_key: string
  /** SHA-256 of it, in hexadecimal digits: people compare it with what is published. */
  readonly fingerprint: string
}

export interface Paper {
  /** The id of the row on the roll. */
  readonly voter: string
  /** The member or the unit, as the roll calls it. */
  readonly name: string
  /** As oneself, as one of those who share the unit, or by proxy. */
  readonly as: 'self' | 'unit' | 'proxy'
  readonly taken: 'none' | 'online' | 'paper' | 'challenged'
  /** Whether it can be taken now. */
  readonly can: boolean
  /** Why not: the code with which taking it would be refused, and the sentence. */
  readonly code: string | null
  readonly why_not: string | null
}
