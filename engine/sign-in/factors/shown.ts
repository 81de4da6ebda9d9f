/** A factor that was checked; the database uses it up, so that it works once. See foundation.spend_factor. */
export type Shown =
  | { readonly method: 'password'; readonly hash: string }
  | { readonly method: 'totp'; readonly step: number; readonly nonce?: string }
  | { readonly method: 'recovery-code'; readonly hash: string; readonly nonce?: string }
  | {
      readonly method: 'passkey'
      readonly id: string
      readonly before: number
      readonly counter: number
      readonly synced: boolean
      readonly nonce: string
    }

/** With what a second step can be taken. */
export type SecondStep = Exclude<Shown['method'], 'password'>
