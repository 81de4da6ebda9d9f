import type { SeedLink } from '@commonhall/kernel'
import { houseCaller, type OrgRow } from '../caller.ts'
import { withClient } from '../database/provision.ts'
import type { Engine } from '../engine.ts'
import { addPerson, foundOrg, tie } from '../foundation/found-org.ts'
import { hashPassword } from '../sign-in/password-hash.ts'
import { demoEmail, demoHost, demoOrgs, demoPeople } from './world.ts'

/** Whether nobody has been here yet. */
export const isEmpty = async (ownerUrl: string): Promise<boolean> =>
  await withClient(ownerUrl, async (owner) => !(await owner.query('select from foundation.org limit 1')).rowCount)

/** Fills an empty house with the demo world. `scale` multiplies the records, not the people who sign in. */
export async function seedDemo(engine: Engine, ownerUrl: string, password: string, scale = 1): Promise<void> {
  // One hash serves everybody: they share the password anyway, and 33 hashes would take a second.
  const passwordHash = await hashPassword(password)
  const { modules } = engine.registry
  await withClient(ownerUrl, async (owner) => {
    await owner.query('begin')
    await owner.query("select set_config('app.via', 'seed', false), set_config('app.actor_name', 'Commonhall', false)")
    for (const org of demoOrgs) {
      const id = await foundOrg(owner, modules, org)
      for (const { who, name, roles } of demoPeople) {
        await addPerson(owner, id, { email: demoEmail(who, org.slug), name, passwordHash, roles })
      }
    }
    await owner.query(
      `insert into foundation.user (email, name, password_hash, is_host, email_verified_at)
      values ($1, $2, $3, true, now())`,
      [demoHost.email, demoHost.name, passwordHash],
    )
    await owner.query('commit')
  })
  for (const { slug } of demoOrgs) await seedOrg(engine, ownerUrl, slug, { scale, passwordHash })
}

async function seedOrg(
  engine: Engine,
  ownerUrl: string,
  slug: string,
  { scale, passwordHash }: { readonly scale: number; readonly passwordHash: string },
): Promise<void> {
  const [org] = await engine.database.bare<OrgRow>('select * from foundation.find_org($1)', [slug])
  if (!org) throw new Error(`The demo org ${slug} was not founded.`)
  const caller = houseCaller(org, 'seed')
  const links = await engine.act(caller, async (context) => {
    const found: SeedLink[] = []
    for (const { name, seed } of engine.registry.modules) {
      if (seed && org.modules.includes(name)) found.push(...((await seed.run(context, caller.org, scale)) ?? []))
    }
    return found
  })
  await withClient(ownerUrl, async (owner) => {
    for (const link of links) {
      // Whoever stands for a record may be in no role, and then nobody has made them yet.
      if (!('member' in link)) await addPerson(owner, org.id, { ...link, passwordHash, roles: [] })
      await tie(owner, org.id, link)
    }
  })
}
