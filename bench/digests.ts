import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { catalog } from '@commonhall/modules/catalog'
import { openOn, registryOf } from '../engine/boot.ts'
import type { Engine } from '../engine/engine.ts'
import { makeLog } from '../engine/log.ts'
import { kindsIn } from '../engine/notifications/kinds.ts'
import { gatherJob } from '../engine/notifications/mail/mail-names.ts'
import { findOrg } from '../engine/caller.ts'
import { atMost, type Line } from './line.ts'
import { asSuperuser, onGround, type Stage } from './stage.ts'

const people = 1_000
const each = 6

/** People of the large org, each with some unread news that are due. */
const fill = `
  with person as (
    insert into foundation.user (email, name)
    select 'digest-' || n || '@bench.example', 'Person ' || n from generate_series(1, $2) n returning id),
  belongs as (insert into foundation.membership (org_id, user_id) select $1, id from person returning user_id)
  insert into foundation.notification
    (org_id, notice, user_id, payload, in_inbox, pace, created_at, mail_due_at)
  select $1, k.notice, b.user_id, k.payload, true, 'daily', now() - interval '1 hour', now() - interval '1 minute'
  from belongs b cross join generate_series(1, $3) n
  join jsonb_to_recordset($4) k (place integer, notice text, payload jsonb) on k.place = n % $5`

/** From the moment when a thousand digests are due to the last one in the mailbox: gathered, queued, built and sent. */
export const measureDigests = (stage: Stage): Promise<Line[]> =>
  onGround(stage, (ground) =>
    asSuperuser(stage, ground, async (superuser) => {
      const lasting = { ...ground, stop: () => Promise.resolve() }
      const house = await openOn(stage.settings, registryOf(catalog), lasting, makeLog('fatal'))
      try {
        await fillNews(superuser, house.engine, stage.large)
        const began = performance.now()
        await house.engine.startWork()
        await house.engine.jobs.send(gatherJob, {})
        while ((await mailed(superuser)) < people) await sleep(50)
        const seconds = (performance.now() - began) / 1000
        const name = `${people.toLocaleString('en-US')} digests of ${each} each, gathered, built and sent`
        return [{ name, unit: 's', ours: seconds, bar: atMost(60) }]
      } finally {
        await house.close()
      }
    }),
  )

async function fillNews(superuser: pg.Client, { registry, database }: Engine, slug: string): Promise<void> {
  const org = await findOrg(database, slug)
  const kinds = kindsIn(registry, { modules: new Set(org?.modules) }).filter(
    ({ notice }) => !notice.always && notice.audience === undefined,
  )
  const news = kinds.map(({ notice }, place) => ({ place, notice: notice.name, payload: notice.sample }))
  await superuser.query(fill, [org?.id, people, each, JSON.stringify(news), news.length])
}

async function mailed(superuser: pg.Client): Promise<number> {
  const { rows } = await superuser.query<{ n: number }>(
    `select count(distinct user_id)::integer as n from foundation.notification where mailed_at is not null`,
  )
  return rows[0]?.n ?? 0
}
