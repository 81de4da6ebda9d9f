import type { HouseJob } from '../../jobs/index.ts'
import { type FactorChange, factorChanged } from '../../mail/letters/factor-changed.ts'
import { mailOf } from '../../mail/mail-of.ts'
import { mailTerms } from '../../mail/post.ts'
import type { SignIn } from '../sign-in.ts'

export const factorMailJob = 'sign-in.factor-change-mailed'

/** What has happened to whose factors; `at` is when, RFC 3339. */
export interface FactorMailWanted {
  readonly email: string
  readonly name: string
  readonly what: FactorChange
  readonly at: string
}

/** Queues the mail that tells a person what has happened to their factors. */
export const mailFactorChange = (
  signIn: SignIn,
  { email, name }: { readonly email: string; readonly name: string },
  what: FactorChange,
): Promise<string> =>
  signIn.enqueue(factorMailJob, { email, name, what, at: new Date().toISOString() } satisfies FactorMailWanted)

export const factorChangeMailed = (signIn: SignIn): HouseJob<FactorMailWanted> => ({
  ...mailTerms,
  name: factorMailJob,
  async run(wanted, run) {
    const mail = mailOf(wanted, factorChanged, wanted, signIn.settings)
    await signIn.post.send({ ...mail, id: run?.id, kind: factorChanged.name, org: null, user: null, always: true })
  },
})
