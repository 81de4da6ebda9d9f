import { type FileHandle, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { storageFull } from '../refusals.ts'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** Nothing is there. A file where a folder should be counts too: nothing of ours can be below it. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'

/** No room left is a refusal that says so; whatever else a disk says is a fault. */
export function orFull(error: unknown): never {
  throw codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' ? storageFull() : error
}

/** Folders that are being synced, and the sync after that, which is for all who came meanwhile. */
const syncing = new Map<string, { readonly now: Promise<void>; next?: Promise<void> }>()

/**
 * Makes the names in a folder survive a loss of power, as `fsync` of a file does not. Whoever comes while a folder is
 * being synced shares the next sync with all others who do: of many files at once each needs one, and not its own.
 */
export function syncFolder(folder: string): Promise<void> {
  const under = syncing.get(folder)
  if (!under) return beginSync(folder)
  return (under.next ??= under.now.catch(() => {}).then(() => beginSync(folder)))
}

function beginSync(folder: string): Promise<void> {
  const now = syncNow(folder).finally(() => {
    if (syncing.get(folder)?.now === now) syncing.delete(folder)
  })
  syncing.set(folder, { now })
  return now
}

async function syncNow(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Makes a folder for our account alone, with those above it up to `top`, so that it is there for good. */
export async function makeFolder(folder: string, top: string): Promise<void> {
  if (folder === top) await mkdir(dirname(top), { recursive: true })
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (codeOf(error) !== 'ENOENT' || folder === top) throw error
    await makeFolder(dirname(folder), top)
    return await makeFolder(folder, top)
  }
  await syncFolder(dirname(folder))
}

/**
 * Gives a file, whose bytes are safe, its place: at once, and for good. Should its old name come back after a loss of
 * power, it is an upload that nobody knows, which the sweep takes away.
 */
export async function moveTo(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(dirname(to))
}

/** Answers whether there was something to remove. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path)
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  await syncFolder(dirname(path))
  return true
}

/** All of it, however many calls the system takes for it. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
