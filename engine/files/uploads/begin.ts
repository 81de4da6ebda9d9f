import { isUuid, parseRecord, refuse, refuseField, type Resource, say } from '@commonhall/kernel'
import { type Caller, hasModule } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { accepted } from '../../records/accepted.ts'
import { type FileTarget, permitFile, permitVersion } from '../add.ts'
import { file } from '../file.ts'
import { cleanName } from '../file-name.ts'
import { fileUse, permitNameAndSize } from './file-use.ts'
import { permitBytes } from './quota.ts'
import type { NewUpload } from './rows.ts'

/** What somebody says about a file in front of its bytes, word by word. */
export type Told = ReadonlyMap<string, string>

/** Where a file is to go: to a record, or to a file as its next version. */
type Place = FileTarget & { readonly file: string | null }

/**
 * Refuses what can be refused before the first byte: no such place, no right, a kind of file that is not taken, too
 * large, no room. Answers the upload as it is to be begun.
 */
export async function beginning(engine: Engine, caller: Caller, told: Told, size: number): Promise<NewUpload> {
  const place = await permitted(engine, caller, placeOf(engine, caller, told))
  const limits = fileUse(engine, place) ?? noPlace()
  const name = cleanName(told.get('name') ?? '')
  if (size === 0) refuse('empty', say('uploads:empty'))
  permitNameAndSize(limits, name, size)
  const { caption, tags } = wordsOf(told)
  const sha256 = told.get('sha256')?.toLowerCase() ?? null
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) refuseField('sha256', 'invalid', say('uploads:checksum'))
  await permitBytes(engine, caller.access, size)
  const { resource, record, field, file: file_id } = place
  const store = engine.files.stores.current.name
  return { resource, record, field, file_id, name, caption, tags, size, sha256, store }
}

/** Asks the rules again: what was allowed a moment ago may not be now. Answers the place. */
export async function permitted(engine: Engine, caller: Caller, place: Place): Promise<Place> {
  if (place.file) return { ...(await permitVersion(engine, caller, place.file)), file: place.file }
  await permitFile(engine, caller, place)
  return place
}

const noPlace = (): never => refuse('invalid', say('uploads:no_place'))

function placeOf({ registry }: Engine, caller: Caller, told: Told): Place {
  const given = told.get('file')
  if (given !== undefined) return { resource: '', record: null, field: null, file: uuidIn('file', given) }
  const resource = registry.paths.get(told.get('resource') ?? '')
  if (!resource || !hasModule(caller.org, resource.module)) return refuse('invalid', say('uploads:no_target'))
  const record = told.get('record')
  const field = told.get('field') ?? null
  if (record === undefined && field === null) refuse('invalid', say('uploads:no_target'))
  return attachedTo(resource, record === undefined ? null : uuidIn('record', record), field)
}

/** An attachment of a record, or the file of one of its fields. */
export const attachedTo = ({ name: resource }: Resource, record: string | null, field: string | null): Place => ({
  resource,
  record,
  field,
  file: null,
})

const uuidIn = (path: string, value: string) =>
  isUuid(value) ? value.toLowerCase() : refuseField(path, 'invalid', say('uploads:no_target'))

/** Caption and tags, judged as they are when somebody changes them later. */
function wordsOf(told: Told): { caption: string | null; tags: readonly string[] } {
  const caption = told.get('caption')?.trim()
  const tags = (told.get('tags') ?? '').split(',').flatMap((tag) => tag.trim() || [])
  const { caption: ofCaption, tags: ofTags } = file.fields
  const input = { ...(caption ? { caption } : {}), tags: [...new Set(tags)] }
  const values = accepted(parseRecord({ caption: ofCaption, tags: ofTags }, input))
  return { caption: (values['caption'] as string | undefined) ?? null, tags: values['tags'] as string[] }
}
