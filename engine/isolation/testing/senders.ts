import { asOwner, castPassword, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { withClient } from '../../database/provision.ts'
import { demoHost } from '../../demo/world.ts'
import { addPerson, tie } from '../../foundation/found-org.ts'
import { hashPassword } from '../../sign-in/password-hash.ts'
import { idOf } from './riverside.ts'

/** The roles of the cast, in the order of the published table. */
export const roles = ['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member'] as const

/** Who may send a request to Riverside: everybody there is, as the published table has them. */
export type Senders = Readonly<Record<string, Voice>>

/** The session of a person, opened now and then changed. */
async function changed(house: TestHouse, email: string, change: string): Promise<Voice> {
  const voice = await house.as(email, 'riverside')
  await asOwner(
    house,
    `update foundation.session set ${change} where id = (select id from foundation.session order by id desc limit 1)`,
  )
  return voice
}

/** A key of Riverside's admin, with these scopes. */
async function keyOf(house: TestHouse, admin: Voice, name: string, scopes: readonly string[]): Promise<Voice> {
  const reply = await admin.post('/api-keys', { name, scopes, per_minute: 60_000 })
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return voiceOf(house.app, reply.json().key, 'riverside')
}

/** Somebody of Riverside who has no role and stands for one of its contractors. */
export async function contractorOf(house: TestHouse, name: string): Promise<Voice> {
  const org = await idOf(house, 'riverside')
  const resource = 'market-recovery.contractor'
  const person = { email: 'contractor@riverside.example', name: 'Rita Calloway' }
  const passwordHash = await hashPassword(castPassword)
  const [contractor] = await asOwner<{ id: string }>(
    house,
    'select id from market_recovery.contractor where org_id = $1 and name = $2',
    [org, name],
  )
  await withClient(house.ground.ownerUrl, async (owner) => {
    await addPerson(owner, org, { ...person, passwordHash, roles: [] })
    await tie(owner, org, { ...person, resource, record: contractor?.id ?? '' })
  })
  return await house.as(person.email)
}

/** All that a key of theirs may be given. */
async function scopesOf(admin: Voice): Promise<string[]> {
  const { modules } = (await admin.get('/users/me/permissions')).json() as {
    modules: { things: { permissions: { permission: string; people_only: boolean; allowed: string }[] }[] }[]
  }
  const all = modules.flatMap(({ things }) => things.flatMap(({ permissions }) => permissions))
  return all.filter((one) => !one.people_only && one.allowed === 'yes').map(({ permission }) => permission)
}

/** Opens a voice for each. A key that has no scope at all is none that the server makes: it is emptied afterwards. */
export async function openSenders(house: TestHouse): Promise<Senders> {
  const admin = await house.as('admin@riverside.example')
  const senders: Record<string, Voice> = {
    nobody: voiceOf(house.app, 'nonsense', 'riverside'),
    'other org': await house.as('admin@local-100.example', 'riverside'),
    host: await house.as(demoHost.email, 'riverside'),
    'key without': await keyOf(house, admin, 'Without', ['members.member.read']),
    'key with': await keyOf(house, admin, 'With', await scopesOf(admin)),
    'admin, proved long ago': await changed(house, 'admin@riverside.example', "proved_at = now() - interval '1 hour'"),
    'host, proved long ago': await changed(house, demoHost.email, "proved_at = now() - interval '1 hour'"),
  }
  await asOwner(
    house,
    `update foundation.session set scopes = '{}'
    where id = (select session_id from foundation.issued_key where name = 'Without')`,
  )
  for (const role of roles) senders[role] = await house.as(`${role}@riverside.example`)
  return senders
}
