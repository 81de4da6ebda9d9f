import { addWords, Refusal, say } from '@commonhall/kernel'
import { words } from './words/en.ts'

addWords('stores', words)

/** There is no room left where files are kept. Nobody but the operator can do something about it. */
export const storageFull = (): Refusal => new Refusal('storage_full', say('stores:full'), { status: 507 })

/** Where files are kept does not answer. */
export const storageAway = (): Refusal =>
  new Refusal('unavailable', say('stores:away'), { headers: { 'retry-after': '30' } })

/** Somebody else adds bytes to this upload at this moment. */
export const uploadBusy = (): Refusal => new Refusal('locked', say('stores:busy'), { headers: { 'retry-after': '5' } })

/** There is more or less of an upload than whoever goes on with it believes. */
export const otherOffset = (received: number): Refusal =>
  new Refusal('conflict', say('stores:other_offset'), { members: { received } })

/** The upload has been dropped, or was never begun. */
export const noUpload = (): Refusal => new Refusal('not_found', say('stores:no_upload'))

/** Somebody sends a file in crumbs. */
export const tooManyPieces = (): Refusal => new Refusal('conflict', say('stores:too_many_pieces'))
