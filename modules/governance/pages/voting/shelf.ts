import type { SealedBallot } from '../../ballots/check-token.ts'

/** Everything that this device keeps of one ballot until it is in the box. */
export interface Making {
  readonly stage: 'asked' | 'signed' | 'sealed'
  /** The key that is made for this one ballot. Its private half cannot be taken out of the browser. */
  readonly keys: CryptoKeyPair
  readonly token: string
  readonly prefix: string
  /** The token, blinded, and what takes the blinding off again. */
  readonly blinded: string
  readonly inverse: string
  /** With which key of the election. */
  readonly fingerprint: string
  readonly signature?: string
  readonly sealed?: SealedBallot
}

/** Of a ballot that was cast, the receipt is all that is kept. */
export interface Cast {
  readonly stage: 'cast'
  readonly receipt: string
}

export type Kept = Making | Cast

/** Where the device keeps ballots, and the key of each election as it first saw it. */
export interface Shelf {
  get<Value>(name: string): Promise<Value | undefined>
  put(name: string, value: Kept | string): Promise<void>
  remove(name: string): Promise<void>
}

const store = 'ballots'

/** The browser's own database: it keeps keys without showing them to any script, and outlives a reload. */
export function openShelf(): Shelf {
  const opened = Promise.withResolvers<IDBDatabase>()
  const asked = indexedDB.open('commonhall-voting', 1)
  asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(store))
  asked.addEventListener('success', () => opened.resolve(asked.result))
  asked.addEventListener('error', () => opened.reject(asked.error))
  // Whoever waits for it is told; that nobody does yet is no fault.
  opened.promise.catch(() => {})
  const run = async <Value>(mode: IDBTransactionMode, work: (one: IDBObjectStore) => IDBRequest<Value>) => {
    const transaction = (await opened.promise).transaction(store, mode, { durability: 'strict' })
    const request = work(transaction.objectStore(store))
    return await new Promise<Value>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error))
    })
  }
  return {
    get: (name) => run('readonly', (one) => one.get(name)),
    put: async (name, value) => void (await run('readwrite', (one) => one.put(value, name))),
    remove: (name) => run('readwrite', (one) => one.delete(name)),
  }
}
