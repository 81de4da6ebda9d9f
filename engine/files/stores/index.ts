import type { Registry as Meters } from 'prom-client'
import { say } from '@commonhall/kernel'
import type { FileSettings } from '../settings.ts'
import { DiskStore } from './disk/disk-store.ts'
import { measured, storeMeters } from './measured.ts'
import { S3Store } from './s3/s3-store.ts'
import type { FileStore } from './store.ts'

/** Where the bytes of files are. */
export interface Stores {
  /** Where new bytes go. */
  readonly current: FileStore
  /** All that are set up. */
  readonly all: readonly FileStore[]
  /** Where a row says that its bytes are. */
  of(name: string): FileStore
  /** Throws unless new files can be kept now. Whoever asks often is given the answer of a moment ago. */
  check(): Promise<void>
  close(): Promise<void>
}

/** For so many milliseconds an answer serves everybody who asks. */
const fresh = 15_000

/**
 * Opens nothing: a store makes its folder, or connects, when it is first used.
 * @param fitted stores that modules bring; the first takes new files
 */
export function openStores(
  settings: Pick<FileSettings, 'folder' | 's3' | 'store'>,
  meters: Meters,
  fitted: readonly FileStore[] = [],
): Stores {
  const { folder, s3 } = settings
  const measures = storeMeters(meters)
  const opened = [...fitted, new DiskStore(folder), ...(s3 ? [new S3Store(s3, folder)] : [])]
  const all = opened.map((store) => measured(store, measures))
  const of = (name: string) => {
    const found = all.find((store) => store.name === name)
    if (!found) throw new Error(say('stores:unknown', { name }))
    return found
  }
  const current = of(fitted[0]?.name ?? settings.store)
  let checked: { readonly at: number; readonly done: Promise<void> } | undefined
  return {
    current,
    all,
    of,
    check() {
      if (!checked || performance.now() - checked.at > fresh) checked = { at: performance.now(), done: current.check() }
      return checked.done
    },
    async close() {
      for (const store of all) await store.close()
    },
  }
}
