import type { HouseJob } from '../../jobs.ts'
import { type FactorChange, factorMail, type FactorMailWanted } from '../../mail/factor-mail.ts'
import type { SignIn } from '../sign-in.ts'

export const factorMailJob = 'sign-in.factor-change-mailed'

/** Queues the mail that tells a person what has happened to their factors. */
export const mailFactorChange = (
  signIn: SignIn,
  { email, name }: { readonly email: string; readonly name: string },
  what: FactorChange,
): Promise<void> =>
  signIn.enqueue(factorMailJob, { email, name, what, at: new Date().toISOString() } satisfies FactorMailWanted)

export const factorChangeMailed = (signIn: SignIn): HouseJob<FactorMailWanted> => ({
  name: factorMailJob,
  run: (wanted) => signIn.mail.send(factorMail({ ...wanted, url: `${signIn.settings.publicUrl}/account` })),
})
