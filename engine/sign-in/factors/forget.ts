import { refuse, say } from '@commonhall/kernel'
import type { House } from '../../boot.ts'
import { withClient } from '../../database/provision.ts'
import { factorMailJob, type FactorMailWanted } from './change-mail-job.ts'

/**
 * Takes all second factors from a person who has lost them, as the owner of the database, and signs them out
 * everywhere. They are told by mail: it is also what a thief would talk the operator into.
 */
export async function forgetFactors({ engine, ground }: Pick<House, 'engine' | 'ground'>, email: string) {
  const { rows } = await withClient(ground.ownerUrl, (owner) =>
    owner.query<Pick<FactorMailWanted, 'email' | 'name'>>('select * from foundation.forget_factors($1)', [email]),
  )
  const [person] = rows
  if (!person) return refuse('not_found', say('engine:factor.none_to_forget', { email }))
  const wanted: FactorMailWanted = { ...person, what: 'factors-forgotten', at: new Date().toISOString() }
  await engine.jobs.send(factorMailJob, wanted)
}
