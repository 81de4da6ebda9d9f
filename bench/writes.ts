import { catalog } from '@commonhall/modules/catalog'
import { registryOf } from '../engine/boot.ts'
import { Callers } from '../engine/caller.ts'
import { Database } from '../engine/database/pool.ts'
import { atLeast, type Line } from './line.ts'
import { compare, middle, ratio } from './load.ts'
import { callerOf, someIds } from './reads.ts'
import { type RunningServer, signIn } from './server.ts'
import { asSuperuser, onGround, type Stage, staffOf } from './stage.ts'

/** As many as the server has connections to its database: more would only wait in line. */
const writers = 10

/** What the audit trail costs: changes through the server with its trigger on, and off. */
export async function measureWrites(stage: Stage, server: RunningServer): Promise<Line[]> {
  const token = await signIn(server, staffOf(stage.large), stage.password)
  return await onGround(stage, (ground) =>
    asSuperuser(stage, ground, async (superuser) => {
      const database = new Database(ground.appUrl, 1)
      const caller = await callerOf(new Callers(database, registryOf(catalog)), token, stage.large)
      const ids = await someIds(database, caller)
      await database.close()
      const set = (trigger: 'enable' | 'disable') => () =>
        superuser.query(`alter table members.member ${trigger} trigger audit_update`)
      const target = changes(server.url, token, `/api/v1/orgs/${stage.large}/members`, ids)
      const { a, b } = await compare(
        { ...target, before: set('enable') },
        { ...target, before: set('disable') },
        writers,
      )
      await set('enable')()
      return [
        {
          name: 'changes of a record, audited',
          unit: 'changes/s',
          ours: middle(a, ({ perSecond }) => perSecond),
          limit: { name: 'without the audit trail', value: middle(b, ({ perSecond }) => perSecond) },
          judged: ratio(a, b),
          bar: atLeast(0.85),
        },
      ]
    }),
  )
}

/** Changes of one phone number after another, each to what it was not. */
function changes(url: string, token: string, path: string, ids: readonly string[]) {
  let n = 0
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const next = () => {
    n += 1
    const body = JSON.stringify({ phone: `(555) 02${String(n % 100_000).padStart(5, '0')}` })
    return { method: 'PATCH', headers, body, path: `${path}/${ids[n % ids.length]}` }
  }
  return { url, headers, requests: [{ ...next(), setupRequest: (request: object) => ({ ...request, ...next() }) }] }
}
