import { createPrivateKey, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import type { MadeKey } from './make-key.ts'

const purpose = (election: string) => `the key of election ${election}`

/** Keeps the private half, sealed with the house's secret, until voting closes. */
export async function keepKey(ctx: Context, election: string, { private_key }: MadeKey): Promise<void> {
  const sealed = ctx.secrets.close(purpose(election), private_key)
  await sql`select governance.keep_election_key(${election}, ${sealed})`.execute(ctx.db)
}

/** The private half of an election that is open. */
export async function keptKey(ctx: Context, election: string): Promise<KeyObject> {
  const { rows } = await sql<{ private_key: string }>`
    select private_key from governance.election_key where election = ${election}`.execute(ctx.db)
  const opened = rows[0] ? ctx.secrets.open(purpose(election), rows[0].private_key) : null
  if (opened === null) return refuse('not_open', say('governance:ballot.refused.not_open'), { status: 409 })
  return createPrivateKey({ key: Buffer.from(opened, 'base64'), format: 'der', type: 'pkcs8' })
}
