import { type Message, say } from '@commonhall/kernel'
import { type Caller, findOrg, findWorkedOrg, houseCaller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import { digestKind } from '../../mail/kinds.ts'
import { digestLetter, letterOf } from '../../mail/layout/letter.ts'
import { mailTerms } from '../../mail/post.ts'
import { waysOf } from '../settings/choice.ts'
import type { MailWanted } from './gather-mail.ts'
import { isFor, isSentIn } from '../kinds.ts'
import { mailJob } from './mail-names.ts'
import { actorOf, type For, type Kept, messageFor, pathOf, recordsOf } from '../reading.ts'
import { membersWithout, peopleSql, type Person } from '../recipients.ts'
import { rhythmOf, wishesOf } from '../settings/settings.ts'
import { allMail } from '../unsubscribe/links.ts'
import { envelopeFor } from './envelope.ts'

interface Waiting extends Kept {
  readonly user_id: string | null
  readonly member_id: string | null
  readonly pace: 'now' | 'daily' | 'weekly'
  readonly read_at: string | null
  readonly alone: boolean
}

interface Item extends Waiting {
  readonly message: Message
}

type Parts = Pick<Engine, 'database' | 'registry' | 'settings' | 'post'>

/**
 * Sends one mail to one person: a letter, or a digest of several. Asked again, now: whether they still belong here,
 * still want it, may still read it. The id of the mail is the job's, so that a second try is no second mail.
 */
export const sendNoticeMail = (parts: Parts): HouseJob<MailWanted> => ({
  name: mailJob,
  ...mailTerms,
  async run({ org: id, mail }) {
    const org = await findOrg(parts.database, id)
    if (!org) return
    const caller = houseCaller(org, 'job')
    if (!(await findWorkedOrg(parts.database, id))) return await putBack(parts, caller, mail)
    const waiting = await waitingIn(parts, caller, mail)
    const [first] = waiting
    const person = first && (await personOf(parts, caller, first))
    if (!person?.email) return
    const rhythm = rhythmOf(person, caller.org.timeZone)
    const reader: For = { actor: actorOf(parts.registry, person), org: org.name, timeZone: rhythm.timeZone }
    const items = await itemsOf(parts, caller, person, reader, waiting)
    if (!items.length) return
    const outcome = await parts.post.send({ id: mail, ...written(parts, caller, person, items) })
    if (outcome !== 'sent') return
    await parts.database.read(caller.access, {
      text: 'update foundation.notification set mailed_at = now() where mail_id = $1 and id = any($2)',
      values: [mail, items.map((item) => item.id)],
    })
  },
})

/** Nothing is mailed for an org that is suspended. Once it is not, what is due is gathered anew. */
async function putBack({ database }: Parts, { access }: Caller, mail: string): Promise<void> {
  const text = 'update foundation.notification set mail_id = null where mail_id = $1 and mailed_at is null'
  await database.read(access, { text, values: [mail] })
}

const waitingIn = ({ database }: Parts, { access }: Caller, mail: string) =>
  database.read<Waiting & Record<string, unknown>>(access, {
    text: `select id, notice, payload, resource, record, user_id, member_id, pace, read_at,
        mail_due_at = created_at as alone
      from foundation.notification where mail_id = $1 and mailed_at is null order by id`,
    values: [mail],
  })

async function personOf(
  { database, registry }: Parts,
  { access }: Caller,
  { user_id: user, member_id: member }: Waiting,
) {
  const query = async (text: string, values: readonly unknown[] = []) => ({
    rows: await database.read(access, { text, values }),
  })
  const found = user
    ? (await query(peopleSql('m.user_id = $1'), [user])).rows
    : await membersWithout(registry, { query } as never, [member ?? ''])
  return found[0] as Person | undefined
}

/** What of it still goes out: what they may get and want by mail, have not read meanwhile, and may read. */
async function itemsOf(
  { registry, database }: Parts,
  { access, org }: Caller,
  person: Person,
  reader: For,
  waiting: readonly Waiting[],
): Promise<Item[]> {
  const wishes = wishesOf(person)
  const wanted = waiting.filter(({ notice: name, read_at: readAt, alone }) => {
    const notice = registry.notices.get(name)?.notice
    if (!notice || !isSentIn(registry, org, name) || !isFor(notice, reader.actor.permissions)) return false
    return (alone || readAt === null) && waysOf(notice, wishes).mail !== 'off'
  })
  const records = await recordsOf(registry, reader.actor, wanted, (statement) => database.read(access, statement))
  return wanted.flatMap((item) =>
    item.record && !records.has(`${item.resource} ${item.record}`)
      ? []
      : [{ ...item, message: withPath(registry, item, messageFor(registry, item, reader, records)) }],
  )
}

/** A message that names no act leads to its record. */
function withPath(registry: Engine['registry'], item: Kept, message: Message): Message {
  const path = pathOf(registry, item, message, true)
  return message.act || !path ? message : { ...message, act: { label: say('notifications:open'), path } }
}

/** The letter, or the digest, with all that goes on its envelope. */
function written({ registry, settings }: Parts, { org }: Caller, person: Person, items: readonly Item[]) {
  const [first] = items as [Item]
  const isOne = items.length === 1
  const notice = registry.notices.get(first.notice)?.notice
  const isAlways = isOne && notice?.always === true
  const { frame, outside } = envelopeFor(settings, org, person, isAlways ? null : isOne ? first.notice : allMail)
  return {
    ...outside,
    kind: isOne ? first.notice : digestKind,
    always: isAlways,
    ...(isOne
      ? letterOf(first.message, frame)
      : digestLetter({ ...frame, pace: paceOf(items), sections: sectionsOf(registry, items) })),
  }
}

/** What was wanted at once and still comes with others was held back in quiet hours. */
function paceOf(items: readonly Item[]) {
  const only = (wanted: Item['pace']) => items.every(({ pace }) => pace === wanted)
  return only('weekly') ? 'weekly' : only('now') ? 'quiet' : 'daily'
}

/** Items of one kind stand together, in the order in which the first of each came. */
function sectionsOf(registry: Engine['registry'], items: readonly Item[]) {
  const kinds = Map.groupBy(items, ({ notice }) => notice)
  return [...kinds].map(([name, ofKind]) => ({
    title: registry.notices.get(name)?.notice.label ?? name,
    items: ofKind.map(({ message }) => message),
  }))
}
