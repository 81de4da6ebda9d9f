import { createHmac, randomBytes } from 'node:crypto'
import type { Transaction } from '../database/pool.ts'
import { Box } from '../sign-in/box.ts'
import { deriveSecret, type Settings } from '../settings.ts'

/** For so long the secret before a rotation signs along, so that receivers can change theirs at leisure. */
const overlap = '24 hours'

/** What messages of webhooks are signed with: kept encrypted, under a key that the database never sees. */
export class Secrets {
  readonly #box: Box

  constructor(settings: Pick<Settings, 'secret'>) {
    this.#box = new Box(deriveSecret(settings, 'webhook secrets'))
  }

  /** Makes a secret for a webhook and answers it, this once. One that it has signs along for a day. */
  async renew({ query }: Transaction, webhook: string): Promise<string> {
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    await query('delete from foundation.webhook_secret where webhook_id = $1 and good_until is not null', [webhook])
    await query(
      `update foundation.webhook_secret set good_until = now() + interval '${overlap}' where webhook_id = $1`,
      [webhook],
    )
    await query('insert into foundation.webhook_secret (webhook_id, sealed_secret) values ($1, $2)', [
      webhook,
      // Named inside, so that nobody can put one webhook's secret in the place of another's.
      this.#box.close(`${webhook} ${secret}`),
    ])
    return secret
  }

  /** Those that sign now, the newest first. */
  async of({ query }: Transaction, webhook: string): Promise<string[]> {
    const { rows } = await query<{ sealed_secret: string }>(
      `select sealed_secret from foundation.webhook_secret
      where webhook_id = $1 and coalesce(good_until > now(), true) order by good_until desc nulls first limit 2`,
      [webhook],
    )
    return rows.map(({ sealed_secret: sealed }) => {
      const [whose, secret] = this.#box.open(sealed)?.split(' ') ?? []
      if (whose !== webhook || !secret) throw new Error('The secret of a webhook cannot be opened.')
      return secret
    })
  }
}

/** The headers of Standard Webhooks: https://www.standardwebhooks.com. `at` in seconds. */
export function signed(id: string, at: number, body: string, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signatures.join(' ') }
}
