import type { Database } from '../database/pool.ts'
import { Recent } from '../recent.ts'
import { hashKey, isKey } from './api-key.ts'

/** What stands behind a key: a session like any other, and how much it may ask for. */
export interface OpenKey {
  readonly sessionId: string
  readonly keyId: string
  readonly perMinute: number
}

interface OpenKeyRow extends Record<string, unknown> {
  readonly session_id: string
  readonly key_id: string
  readonly per_minute: number
}

/** As long as an answer is believed. The session is proved with every request, so this is about the last use only. */
const believedFor = 60_000
const remembered = 5_000

/** Knows which session a key opens. */
export class KeyRing {
  readonly #database: Pick<Database, 'bare'>
  readonly #known = new Recent<OpenKey & { readonly askedAt: number }>(remembered)

  constructor(database: Pick<Database, 'bare'>) {
    this.#database = database
  }

  /** What the key opens; null when it is none, or over. `address` is noted as where it was last used from. */
  async open(token: string, address: string, requestId: string): Promise<OpenKey | null> {
    if (!isKey(token)) return null
    const hash = hashKey(token)
    const name = hash.toString('base64')
    const known = this.#known.get(name)
    if (known && Date.now() - known.askedAt < believedFor) return known
    const [row] = await this.#database.bare<OpenKeyRow>(
      'select session_id, key_id, per_minute from foundation.open_key($1, $2, $3)',
      [hash, address, requestId],
    )
    if (!row) return null
    const opened = { sessionId: row.session_id, keyId: row.key_id, perMinute: row.per_minute }
    this.#known.set(name, { ...opened, askedAt: Date.now() })
    return opened
  }
}
