import {
  type FileTypeName,
  type FileUse,
  fileTypeNames,
  fileTypeOf,
  fileTypes,
  refuse,
  say,
  spokenBytes,
} from '@commonhall/kernel'
import type { Engine } from '../../engine.ts'
import type { FileTarget } from '../add.ts'

/** What a use of files takes, the house's own limits among it. */
export interface FileLimits {
  readonly types: readonly FileTypeName[]
  readonly largest: number
}

/** What may be uploaded for a field or as an attachment of a record. Null when files have no place there. */
export function fileUse(
  { registry, files }: Pick<Engine, 'registry' | 'files'>,
  { resource: name, field }: Pick<FileTarget, 'resource' | 'field'>,
): FileLimits | null {
  const resource = registry.resources.get(name)
  const declared = field !== null && resource && Object.hasOwn(resource.fields, field) ? resource.fields[field] : null
  if (field === null ? !resource?.traits.includes('attachable') : declared?.kind !== 'file') return null
  const { types = fileTypeNames, largest = Infinity } = (field === null ? resource?.files : (declared as FileUse)) ?? {}
  return { types, largest: Math.min(largest, files.settings.largest) }
}

/**
 * Refuses a file by its name and size alone, before its first byte; what the bytes are is looked at when all are there.
 * @throws {Refusal} 415 or 413
 */
export function permitNameAndSize({ types, largest }: FileLimits, name: string, size: number): void {
  const type = fileTypeOf(name)
  if (!type || !types.includes(type))
    refuse('bad_type', say('uploads:bad_type', { endings: endingsOf(types) }), { status: 415 })
  if (size > largest) refuse('too_large', say('uploads:too_large', { most: spokenBytes(largest) }))
}

const endingsOf = (types: readonly FileTypeName[]) =>
  types.flatMap((type) => Object.keys(fileTypes[type].endings).map((ending) => `.${ending}`)).join(', ')
