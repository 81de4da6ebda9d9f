import type { HouseJob } from '../jobs/index.ts'
import { linkTerms } from '../mail/post.ts'
import { type ResetMailWanted, mailResetLink, resetMailJob } from './reset-mail-job.ts'
import type { SignIn } from './sign-in.ts'

/** Removes every night what nobody can sign in with any more. */
export const forgetExpired = (signIn: SignIn): HouseJob => ({
  name: 'sign-in.expired-tokens-forgotten',
  schedule: '17 3 * * *',
  run: async () => {
    await signIn.database.bare('select foundation.forget_expired_sign_in()')
    await signIn.database.bare('select foundation.forget_spent_nonces()')
    await signIn.database.bare('select foundation.forget_account_mail()')
  },
})

export const mailReset = (signIn: SignIn): HouseJob<ResetMailWanted> => ({
  ...linkTerms,
  name: resetMailJob,
  run: (wanted, run) => mailResetLink(signIn, wanted, run?.id),
})
