/** One account's part: a debit is more than zero, a credit less. */
export interface PostedLine {
  /** The account's number, such as `5000`. */
  readonly account: string
  /** A decimal string of at most two decimals. */
  readonly amount: string
  readonly payee?: string | undefined
  readonly memo?: string | undefined
}

/** What is to be posted. */
export interface Posting {
  /** The day that it counts for, `YYYY-MM-DD`. */
  readonly on: string
  readonly memo: string
  /** The record that it comes from. */
  readonly source?: { readonly resource: string; readonly id: string } | undefined
  /** Whom it is about, for all lines that say nobody else. */
  readonly payee?: string | undefined
  readonly lines: readonly PostedLine[]
}

export interface Posted {
  readonly id: string
  readonly number: number
}
