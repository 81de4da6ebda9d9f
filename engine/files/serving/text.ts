import type { Engine } from '../../engine.ts'
import { refuse, say } from '@commonhall/kernel'
import type { Address } from '../stores/store.ts'

/** A text that the house has made, which is never long. */
export async function textAt({ files }: Engine, store: string, address: Address): Promise<string> {
  const bytes = await files.stores.of(store).read(address)
  if (!bytes) return refuse('bytes_missing', say('serving:bytes_missing'), { status: 503 })
  return Buffer.concat(await Array.fromAsync(bytes)).toString()
}
