import { randomBytes } from 'node:crypto'
import type { House } from '../boot.ts'
import { withClient } from '../database/provision.ts'
import { AccessTokens } from '../sign-in/access-token.ts'
import { deriveSecret } from '../settings.ts'

/** Opens a session for a person without their password, and answers its access token. */
export async function openSession(
  { engine, ground }: Pick<House, 'engine' | 'ground'>,
  email: string,
): Promise<string> {
  const [session] = await withClient(ground.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string; user_id: string }>(
      `insert into foundation.session (user_id, expires_at, device)
      select id, now() + interval '1 day', $2 from foundation.user where email = $1 returning id, user_id`,
      [email, `test ${randomBytes(4).toString('hex')}`],
    )
    return rows
  })
  if (!session) throw new Error(`Nobody in the cast has the address ${email}.`)
  const tokens = new AccessTokens(new Uint8Array(deriveSecret(engine.settings, 'access tokens')))
  return await tokens.sign({ userId: session.user_id, sessionId: session.id, email, roles: [] })
}
