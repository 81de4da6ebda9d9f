import type { HouseJob } from '../jobs.ts'
import { type ResetMailWanted, mailResetLink, resetMailJob } from './reset-mail-job.ts'
import type { SignIn } from './sign-in.ts'

/** Removes every night what nobody can sign in with any more. */
export const forgetExpired = (signIn: SignIn): HouseJob => ({
  name: 'sign-in.expired-tokens-forgotten',
  schedule: '17 3 * * *',
  run: async () => {
    await signIn.database.bare('select foundation.forget_expired_sign_in()')
    await signIn.database.bare('select foundation.forget_spent_nonces()')
  },
})

export const mailReset = (signIn: SignIn): HouseJob<ResetMailWanted> => ({
  name: resetMailJob,
  run: (wanted) => mailResetLink(signIn, wanted),
})
