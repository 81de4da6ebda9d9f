import { toast, toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import type { Allowed } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { download } from '../wire/download.ts'
import { deleteFile, filePath, type FileRow, restoreFile, restoreVersion } from '../wire/files.ts'
import './words.ts'

/** Everything on the screen that a change of a file shows up in: lists, the record's history, what room is left. */
export const renew = (org: string) =>
  client.invalidateQueries({
    queryKey: ['org', org],
    predicate: ({ queryKey: [, , kind] }) =>
      ['files', 'file-versions', 'file-settings', 'changes', 'list'].includes(`${kind}`),
  })

export async function restore(org: string, row: FileRow): Promise<void> {
  try {
    await restoreFile(org, row.id)
    toast(t('files.restored', { name: row.name }))
  } catch (failure) {
    toastFailure(failure)
  }
  await renew(org)
}

/** Deletes it, and offers the way back. A refusal is thrown for the dialog that asked. */
export async function remove(org: string, row: FileRow): Promise<void> {
  await deleteFile(org, row)
  toast(t('files.deleted', { name: row.name }), { undo: () => void restore(org, row) })
  await renew(org)
}

export async function makeCurrent(org: string, row: FileRow, number: number): Promise<void> {
  try {
    await restoreVersion(org, row.id, number)
    toast(t('filePreview.madeCurrent', { number, name: row.name }))
  } catch (failure) {
    toastFailure(failure)
  }
  await renew(org)
}

export const save = (org: string, row: FileRow, number?: number) =>
  void download(filePath(org, row, `content${number ? `?version=${number}` : ''}`)).catch(toastFailure)

/** Whether its bytes may leave the house, or why not. */
export function mayOpen({ state, because }: FileRow): Allowed {
  if (state === 'ready') return true
  return state === 'checking' ? t('files.notReady') : (because ?? t('files.isHeld'))
}

export const mayChange = ({ can }: FileRow): Allowed => can?.['update'] ?? true

/** A new version is more than words about the old one. */
export const mayReplace = ({ can }: FileRow): Allowed => can?.['replace'] ?? can?.['update'] ?? true

export const mayDelete = ({ can }: FileRow): Allowed =>
  can?.['archive'] ?? can?.['delete'] ?? mayChange({ can } as FileRow)

export const mayRestore = ({ can }: FileRow): Allowed => can?.['restore'] ?? true
