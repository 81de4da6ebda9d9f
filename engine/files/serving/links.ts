import { isUuid, Refusal } from '@commonhall/kernel'
import { Cursors } from '../../records/cursor.ts'
import { deriveSecret, type Settings } from '../../settings.ts'

/** What a link to a file says. Ids alone: an address stands in logs on its way. */
export interface FileLink {
  readonly org: string
  readonly file: string
  readonly version: number
  /** Who made it, and answers for it. */
  readonly maker: string
  /** When it ends, in milliseconds since 1970. */
  readonly until: number
}

const scope = 'a file'

/** Makes links to files, and knows which it has made. They hold for as long as the server's secret does. */
export class FileLinks {
  readonly #seals: Cursors

  constructor(settings: Pick<Settings, 'secret'>) {
    this.#seals = new Cursors(deriveSecret(settings, 'file links'))
  }

  seal({ org, file, version, maker, until }: FileLink): string {
    return this.#seals.seal(scope, [org, file, version, maker, until])
  }

  /** What a link says; undefined where it is none of ours, or has ended. */
  open(token: string, now = Date.now()): FileLink | undefined {
    try {
      const [org, file, version, maker, until] = this.#seals.open(scope, token)
      if (![org, file, maker].every(isUuid) || !(Number(until) > now)) return undefined
      return { org, file, version, maker, until } as FileLink
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }
}
