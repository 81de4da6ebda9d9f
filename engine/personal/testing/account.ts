import type { TestHouse } from '@commonhall/engine/testing'
import { withClient } from '../../database/provision.ts'

interface Account {
  readonly user: string
  readonly member: string
  readonly role: string
  readonly email: string
  /** Stands wherever something can be called something. */
  readonly word: string
}

/** An address that tests and books may use. */
export const plantedAddress = '192.0.2.77'

/** Ties a person to their record in Riverside, as invited, with factors, devices, sessions and a failed try. */
export async function giveAccount({ ground }: TestHouse, { user, member, role, email, word }: Account): Promise<void> {
  await withClient(ground.ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>("select id from foundation.org where slug = 'riverside'")
    const org = rows[0]?.id
    await client.query("select set_config('app.org', $1, false)", [org])
    const put = async (table: string, columns: string, values: readonly unknown[]) => {
      const places = values.map((_value, n) => `$${n + 1}`).join(', ')
      await client.query(`insert into foundation.${table} (${columns}) values (${places})`, [...values])
    }
    await put('membership', 'org_id, user_id, member_id', [org, user, member])
    await put('"grant"', 'org_id, user_id, role_id', [org, user, role])
    await client.query(
      `update foundation.issued_invitation set accepted_by = $1, outcome = 'accepted', closed_at = now()
      where email = $2`,
      [user, email],
    )
    await put('passkey', 'user_id, credential_id, public_key, counter, synced, name', [user, 'a', 'b', 0, true, word])
    await put('totp', 'user_id, sealed', [user, word])
    await put('known_device', 'user_id, device_id', [user, crypto.randomUUID()])
    await put('sign_in_event', 'what, user_id, email, address', ['signed-in', user, email, plantedAddress])
    await put('sign_in_event', 'what, email, address', ['sign-in-failed', email, plantedAddress])
    const later = new Date(Date.now() + 86_400_000)
    await put('session', 'user_id, expires_at, device, address', [user, later, word, plantedAddress])
    await put('local_mail', 'recipient, subject, plain, html', [email, word, word, word])
    await put('sign_in_attempt', 'subject, tries, window_ends_at', [`email:${email}`, 1, later])
  })
}
