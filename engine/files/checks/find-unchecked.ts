import { findOrg, houseCaller, type OrgRow } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import { checkSoon } from './check-content.ts'

/** So many are asked for at once. */
const batch = 500

/** Waits though nobody has it in hand any more: longer than a check takes, and than its longest pause. */
const lost = "(verdict = 'waiting' and created_at < now() - interval '15 minutes')"

/** Held since there was no scanner; and what was let through without one. */
const heldWithout = "reason = 'unscanned'"
const freeWithout = "(checked_by is null and verdict = 'clean')"

/**
 * Finds what is still to be checked: what was lost on the way, and what was judged without a scanner, once there is one
 * or the house has decided to do without.
 */
export const findUnchecked = (engine: Engine): HouseJob => ({
  name: 'files.unchecked-are-found',
  schedule: '*/15 * * * *',
  async run() {
    const { isSet, without } = engine.files.scanner
    // While it is away, all of it would only wait in another place.
    const isBack = isSet && (await engine.files.scanner.state()) === 'ready'
    const mayPass = !isSet && without === 'allow'
    const which = [lost, ...(isBack ? [heldWithout, freeWithout] : []), ...(mayPass ? [heldWithout] : [])]
    await checkEach(engine, which.join(' or '))
  },
})

/**
 * Has contents checked once more: all of them, or those that wait and those that no scanner has seen. Answers how many.
 */
export const checkAnew = (engine: Engine, isAll: boolean, only?: OrgRow): Promise<number> =>
  checkEach(engine, isAll ? 'true' : `verdict = 'waiting' or ${heldWithout} or ${freeWithout}`, only)

/** Has every content checked that this is true of, in all orgs or one. */
async function checkEach(engine: Engine, which: string, only?: OrgRow): Promise<number> {
  const orgs = only
    ? [only]
    : await engine.database.bare<OrgRow & Record<string, never>>('select * from foundation.orgs_with($1)', [
        'foundation',
      ])
  let count = 0
  for (const { id } of orgs) {
    const org = await findOrg(engine.database, id)
    if (org) count += await checkIn(engine, org, which)
  }
  return count
}

async function checkIn(engine: Engine, org: OrgRow, which: string): Promise<number> {
  let after = ''
  for (let count = 0; ;) {
    const rows: { sha256: string }[] = await engine.database.read(houseCaller(org, 'job').access, {
      text: `select sha256 from foundation.file_content where sha256 > $1 and (${which})
        order by sha256 limit ${batch}`,
      values: [after],
    })
    for (const { sha256 } of rows) await checkSoon(engine, { org: org.id, sha256, again: true })
    count += rows.length
    after = rows.at(-1)?.sha256 ?? ''
    if (rows.length < batch) return count
  }
}
