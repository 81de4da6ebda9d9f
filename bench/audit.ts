import pg from 'pg'
import { verifyTrail } from '../engine/audit/verify.ts'
import { atMost, type Line, median } from './line.ts'
import type { RunningServer } from './server.ts'
import { asSuperuser, onGround, orgId, type Stage } from './stage.ts'

const entries = 100_000

/** What proving costs: sealing 100,000 entries, and recomputing all of them. */
export async function measureAudit(stage: Stage, _server: RunningServer): Promise<Line[]> {
  return await onGround(stage, (ground) =>
    asSuperuser(stage, ground, async (superuser) => {
      const org = await orgId(superuser, stage.empty)
      await fillTrail(superuser, org)
      const sealing = await timed(() => seal(superuser, org))
      const owner = new pg.Client({ connectionString: ground.ownerUrl })
      await owner.connect()
      try {
        const took: number[] = []
        for (let round = 0; round < 3; round++) took.push(await timed(() => verify(owner, org)))
        return [
          {
            name: `audit: ${entries.toLocaleString('en-US')} entries verified`,
            unit: 'ms',
            ours: median(took),
            bar: atMost(10_000),
          },
          { name: `audit: ${entries.toLocaleString('en-US')} entries sealed at once`, unit: 'ms', ours: sealing },
        ]
      } finally {
        await owner.end()
      }
    }),
  )
}

/** Entries as changes of members leave them, a thousand a transaction. */
async function fillTrail(superuser: pg.Client, org: string): Promise<void> {
  for (let done = 0; done < entries; done += 1000) {
    await superuser.query(
      `insert into foundation.audit_entry
        (org_id, actor, actor_name, act, resource, record, old, new, via, request_id, address)
      select $1, uuidv7(), 'Sam Whitaker', 'update', 'members.member', uuidv7(),
        jsonb_build_object('phone', '(555) 0100', 'address', '12 Cedar St'),
        jsonb_build_object('phone', '(555) 01' || n, 'address', n || ' Harbor Ave', 'classification', 'Journeyman'),
        'page', uuidv7()::text, '192.0.2.7'
      from generate_series(1, 1000) n`,
      [org],
    )
  }
}

async function seal(superuser: pg.Client, org: string): Promise<void> {
  await superuser.query("select set_config('app.org', $1, false)", [org])
  await superuser.query('select foundation.seal_audit()')
}

async function verify(owner: pg.Client, org: string): Promise<void> {
  const { wrong, entries: covered } = await verifyTrail(owner, org, [])
  if (wrong || covered < entries) throw new Error(`${covered} entries verified, ${wrong} things wrong.`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
