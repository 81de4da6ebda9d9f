import { type AttachmentUse, endingOf, fileTypeNames, longestFileName, usualMostFiles } from '@commonhall/kernel'
import { formatBytes, formatCount } from '../fields/format.ts'
import { t } from '../say.ts'
import type { FileSettings } from '../wire/files.ts'
import './words.ts'

/** Endings of names that are taken here, with their media types. */
export function endingsOf(settings: FileSettings, types: readonly string[] | undefined): Record<string, string> {
  const taken = Object.entries(settings.types).filter(([name]) => !types || types.includes(name))
  return Object.assign({}, ...taken.map(([, { endings }]) => endings)) as Record<string, string>
}

/** What the browser's own dialog offers to choose. */
export const acceptOf = (settings: FileSettings | undefined, use: AttachmentUse) =>
  settings &&
  Object.entries(endingsOf(settings, use.types))
    .flatMap(([ending, type]) => [`.${ending}`, type])
    .filter((one, index, every) => every.indexOf(one) === index)
    .join(',')

/** How large one file may be here. */
export const largestOf = (settings: FileSettings, use: AttachmentUse) =>
  Math.min(use.largest ?? settings.largest, settings.largest)

/** What is left before files are refused. */
export interface Room {
  /** How many more files the record takes. */
  readonly files: number
  readonly bytes: number
}

export const roomOf = (settings: FileSettings, use: AttachmentUse, there: number, underWay: number): Room => ({
  files: (use.most ?? usualMostFiles) - there,
  bytes: settings.quota - settings.used - underWay,
})

/** Which kinds are taken, as people call them. */
export const kindsOf = (settings: FileSettings, use: AttachmentUse) =>
  fileTypeNames
    .filter((name) => settings.types[name] && (use.types?.includes(name) ?? true))
    .map((name) => t(`files.kinds.${name}`))
    .join(', ')

/** Why a file is not taken, as far as that can be known before it is sent. */
export function refusalOf(
  file: Pick<File, 'name' | 'size'>,
  settings: FileSettings,
  use: AttachmentUse,
  room: Room,
): string | undefined {
  const largest = largestOf(settings, use)
  if (!file.size) return t('files.empty')
  if (file.name.length > longestFileName) return t('files.longName', { max: longestFileName })
  if (!Object.hasOwn(endingsOf(settings, use.types), endingOf(file.name)))
    return t('files.badType', { kinds: kindsOf(settings, use) })
  if (file.size > largest) return t('files.tooLarge', { size: formatBytes(file.size), largest: formatBytes(largest) })
  if (room.files < 1) return t('files.tooMany', { most: formatCount(use.most ?? usualMostFiles) })
  if (file.size > room.bytes) return t('files.noRoom', { room: formatBytes(Math.max(0, room.bytes)) })
  return undefined
}

/** The same for many at once: each that is taken leaves less room for the next. */
export function refusalsOf<One extends Pick<File, 'name' | 'size'>>(
  files: readonly One[],
  settings: FileSettings | undefined,
  use: AttachmentUse,
  room: Room | undefined,
): { file: One; refused: string | undefined }[] {
  let left = room
  return files.map((file) => {
    // What is not known yet, the server says.
    const refused = settings && left ? refusalOf(file, settings, use, left) : undefined
    if (!refused && left) left = { files: left.files - 1, bytes: left.bytes - file.size }
    return { file, refused }
  })
}
