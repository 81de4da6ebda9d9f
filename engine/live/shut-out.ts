import type { HouseAccess } from '../database/access.ts'
import type { Database } from '../database/pool.ts'
import type { Listener } from './listener.ts'

/**
 * Those whose session is over, or whose rights have changed since they came: what they may hear was worked out from
 * those. One question for all of them.
 */
export async function shutOut(
  database: Database,
  access: HouseAccess,
  listeners: readonly Listener[],
): Promise<ReadonlySet<Listener>> {
  if (!listeners.length) return new Set()
  // Windows of one browser come by one session.
  const alike = [
    ...Map.groupBy(listeners, ({ sessionId: id, userStamp, orgStamp }) => `${id} ${userStamp} ${orgStamp}`),
  ]
  const ones = alike.flatMap(([, [first]]) => first ?? [])
  const rows = await database.read<{ place: number }>(access, {
    text: 'select shut_out as place from foundation.shut_out($1, $2, $3, $4)',
    values: [
      ones.map(({ sessionId }) => sessionId),
      ones.map(({ userId }) => userId),
      ones.map(({ userStamp }) => userStamp),
      ones.map(({ orgStamp }) => orgStamp),
    ],
  })
  return new Set(rows.flatMap(({ place }) => alike[place - 1]?.[1] ?? []))
}
