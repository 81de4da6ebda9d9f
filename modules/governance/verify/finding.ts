/** One thing that is wrong, by a code and what its sentence fills in. */
export interface Finding {
  readonly code: FindingCode
  /** The line of the file that it is about, from 1. */
  readonly line?: number
  /** The receipt of the ballot that it is about. */
  readonly receipt?: string
  readonly params: Readonly<Record<string, string | number>>
}

export type FindingCode =
  | 'unreadable'
  | 'no_head'
  | 'other_format'
  | 'no_seal'
  | 'after_seal'
  | 'twice_said'
  | 'key'
  | 'fingerprint'
  | 'published_key'
  | 'rules'
  | 'added'
  | 'changed'
  | 'receipt'
  | 'duplicate'
  | 'other_election'
  | 'malformed'
  | 'unknown_candidate'
  | 'too_many_marks'
  | 'dropped'
  | 'too_many_ballots'
  | 'counters'
  | 'seal'
  | 'published_seal'
  | 'archive_seal'
  | 'receipt_missing'
  | 'tally'
  | 'winners'
  | 'uncounted'
  | 'uncountable'
  | 'unknown_result'

/** The file cannot be read any further: nothing can be said about what follows. */
export class Unreadable extends Error {
  readonly finding: Finding

  constructor(finding: Finding) {
    super(finding.code)
    this.finding = finding
  }
}
