import { say } from '@commonhall/kernel'
import type { FileSettings } from '../settings.ts'
import { DiskStore } from './disk/disk-store.ts'
import type { FileStore } from './store.ts'

/** Where the bytes of files are. */
export interface Stores {
  /** Where new bytes go. */
  readonly current: FileStore
  /** Where a row says that its bytes are. */
  of(name: string): FileStore
  close(): Promise<void>
}

/** Opens nothing: a store makes its folder, or connects, when it is first used. */
export function openStores({ folder }: FileSettings): Stores {
  const disk = new DiskStore(folder)
  return {
    current: disk,
    of(name) {
      if (name === disk.name) return disk
      throw new Error(say('stores:unknown', { name }))
    },
    close: () => disk.close(),
  }
}
