import { findOrg, houseCaller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { welcome } from '../foundation/notices/index.ts'
import type { HouseJob } from '../jobs/index.ts'

export const welcomeJob = 'invitations.newcomer-welcomed'

export interface WelcomeWanted {
  /** The address of the org. */
  readonly org: string
  readonly email: string
  readonly invited_by: string
}

interface Newcomer extends Record<string, unknown> {
  readonly id: string
  readonly email: string
  readonly roles: string | null
}

/** Welcomes somebody who has accepted an invitation, once, whichever way they came in. */
export const welcomeNewcomer = (engine: Engine): HouseJob<WelcomeWanted> => ({
  name: welcomeJob,
  async run({ org: slug, email: address, invited_by }) {
    const org = await findOrg(engine.database, slug)
    if (!org) return
    await engine.act(houseCaller(org, 'job'), async (ctx, transaction) => {
      const { rows } = await transaction.query<Newcomer>(
        'select id, email, roles from foundation.org_user where email = $1',
        [address],
      )
      const [person] = rows
      if (!person) return
      const { id: user, email, roles } = person
      await ctx.notify(welcome, { email, roles: roles ?? '–', invited_by }, { to: { user }, key: 'welcome' })
    })
  },
})
