import type { AttachmentUse } from '@commonhall/kernel'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import type { Allowed, KnownResource } from '../wire/catalog.ts'
import type { FileRow, FileSettings } from '../wire/files.ts'
import type { Row } from '../wire/records.ts'
import { chooseFiles } from './choose.ts'
import { acceptOf, refusalsOf, roomOf } from './limits.ts'
import { type Going, send } from './queue.ts'
import type { UploadTarget } from './upload.ts'
import type { Dropped } from './use-drop.ts'

interface AddingWanted {
  org: string
  resource: KnownResource
  row: Row
  target: UploadTarget
  settings: FileSettings | undefined
  total: number
  going: readonly Going[]
}

/** How files get to a record, and whether they may. */
export interface Adding {
  readonly allowed: Allowed
  readonly settings: FileSettings | undefined
  readonly use: AttachmentUse
  add: (files: readonly (File | Dropped)[]) => void
  /** What was dropped: on a file it is a new version of that. */
  take: (dropped: readonly Dropped[], file: string | undefined) => void
  choose: (isPhoto?: boolean) => Promise<void>
  chooseVersion: (file: FileRow) => Promise<void>
}

const droppedOf = (one: File | Dropped): Dropped => (one instanceof File ? { file: one } : one)

export function useAdding({ org, resource, row, target, settings, total, going }: AddingWanted): Adding {
  const use = resource.files ?? {}
  const underWay = going.filter(({ state }) => state !== 'refused' && state !== 'done')
  const bytes = underWay.reduce((sum, { file, sent }) => sum + file.size - sent, 0)
  const room = settings && roomOf(settings, use, total + underWay.length, bytes)
  const judged = (files: readonly (File | Dropped)[], isVersion: boolean) => {
    const dropped = files.map(droppedOf)
    const left = room && { ...room, files: isVersion ? Infinity : room.files }
    return refusalsOf(
      dropped.map(({ file }) => file),
      settings,
      use,
      left,
    ).map(({ file, refused }, index) => ({ file, refused: dropped[index]?.refused ?? refused }))
  }
  const add = (files: readonly (File | Dropped)[]) =>
    send(
      org,
      judged(files, false).map((one) => ({ ...one, target })),
    )
  const addVersion = (files: readonly (File | Dropped)[], file: string) => {
    if (files.length > 1) return toast(t('files.oneVersion'))
    send(
      org,
      judged(files, true).map((one) => ({ ...one, target: { ...target, file } })),
    )
  }
  const accept = acceptOf(settings, use)
  return {
    allowed: row.archived_at ? t('files.archivedRecord') : (row.can?.['attach'] ?? row.can?.['update'] ?? true),
    settings,
    use,
    add,
    take: (dropped, file) => (file ? addVersion(dropped, file) : add(dropped)),
    choose: async (isPhoto = false) => add(await chooseFiles({ accept, isMany: !isPhoto, isPhoto })),
    async chooseVersion({ id }) {
      const files = await chooseFiles({ accept })
      if (files.length) addVersion(files, id)
    },
  }
}
