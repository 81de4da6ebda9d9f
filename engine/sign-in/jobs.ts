import { mailResetLink, resetMailJob } from './reset-mail-job.ts'
import type { SignIn } from './sign-in.ts'

/** Work of the house itself, outside any org. Running it twice must do no harm. */
export interface HouseJob {
  readonly name: string
  /** Five cron fields in UTC; left out for work that is only queued. */
  readonly schedule?: string
  run(payload: Readonly<Record<string, string>>): Promise<void>
}

/** Sign-in's own jobs. */
export const signInJobs = (signIn: SignIn): readonly HouseJob[] => [
  { name: resetMailJob, run: ({ email = '' }) => mailResetLink(signIn, { email }) },
  {
    name: 'sign-in.expired-tokens-forgotten',
    schedule: '17 3 * * *',
    run: async () => void (await signIn.database.bare('select foundation.forget_expired_sign_in()')),
  },
]
