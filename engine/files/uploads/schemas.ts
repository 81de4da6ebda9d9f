import { fileTypes } from '@commonhall/kernel'
import { jsonReply, orgParameters, recordParameters, refusals } from '../../http/schemas.ts'
import { id, instant, maybe, nothingSent, object } from '../../http/shapes.ts'
import { bytesType } from './protocol.ts'

const tags = ['Files']
const count = { type: 'integer', minimum: 0 } as const
const text = (description: string, maxLength = 4000) => ({ type: 'string', maxLength, description })

/** What a request of the protocol brings as headers. */
const version = { 'tus-resumable': { type: 'string', enum: ['1.0.0'] } }
const checksum = { 'upload-checksum': text('`sha256` and the digest of this body in base64', 100) }
const headers = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  required: ['tus-resumable', ...required],
  properties: { ...version, ...properties },
})

const told = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' } }]))
const nothing = (description: string, ...names: string[]) => ({
  description,
  headers: told(['tus-resumable', ...names]),
})

const bytes = { content: { [bytesType]: { schema: { type: 'string', format: 'binary' } } } }
const sending = [408, 409, 410, 412, 413, 415, 423, 460, 503, 507] as const

const able = (params: object, operationId: string) => ({
  tags,
  operationId,
  summary: 'What the server can do of the tus protocol',
  params,
  response: {
    204: nothing(
      'Its version and extensions',
      'tus-version',
      'tus-extension',
      'tus-checksum-algorithm',
      'tus-max-size',
    ),
    ...refusals(),
  },
})

export const abilities = able(orgParameters, 'optionsUploads')
export const abilitiesOfOne = able(recordParameters, 'optionsUpload')

export const begin = {
  tags,
  operationId: 'createUpload',
  summary: 'Begin a resumable upload (tus 1.0.0), with its first bytes or without',
  description:
    'Upload-Metadata names the file (`name`) and where it goes: `resource` (such as members) and `record`; or ' +
    '`resource` and `field`, with `record` once that is saved; or `file`, of which it becomes a new version. ' +
    '`caption`, `tags` (separated by commas) and `sha256` (in hex, compared at the end) may be left out.',
  params: orgParameters,
  headers: headers(
    {
      'upload-length': text('Bytes of the whole file', 15),
      'upload-metadata': text('Pairs of a name and a value in base64', 8000),
      ...checksum,
    },
    ['upload-length', 'upload-metadata'],
  ),
  response: {
    201: nothing('Begun', 'location', 'upload-offset', 'upload-expires'),
    ...refusals(...sending),
  },
}

const uploadSchema = object({
  id,
  name: text('As it will be kept', 255),
  size: count,
  received: count,
  expires_at: instant,
  file: maybe(id),
})

export const look = {
  tags,
  operationId: 'readUpload',
  summary: 'Read where an upload stands; HEAD tells it as the tus protocol does',
  params: recordParameters,
  response: {
    200: jsonReply('The upload, and the file that it has become', uploadSchema, told(['upload-offset'])),
    ...refusals(409, 410, 412, 413, 423, 460, 503),
  },
}

export const direct = {
  tags,
  operationId: 'offerUpload',
  summary: 'Ask for an address of the store, to send all of an upload there',
  description:
    'Where `/file-settings` says `direct`. The address is good for some minutes, and for the announced size and ' +
    'SHA-256 alone. Send every header with it. Nothing may have been sent here before; whoever cannot reach it ' +
    'sends here.',
  params: recordParameters,
  body: maybe(
    object(
      { sha256: { ...text('In hex; where the upload was begun without it', 64), pattern: '^[0-9A-Fa-f]{64}$' } },
      [],
    ),
  ),
  response: {
    201: jsonReply(
      'The request that sends it',
      object({
        method: { type: 'string', enum: ['PUT'] },
        url: text('Where to', 8000),
        headers: { type: 'object', additionalProperties: { type: 'string', maxLength: 1000 } },
        expires_at: instant,
      }),
    ),
    ...refusals(409, 410, 503),
  },
}

export const complete = {
  tags,
  operationId: 'completeUpload',
  summary: 'Make a file of an upload that was sent to the store itself',
  params: recordParameters,
  body: nothingSent,
  response: {
    200: jsonReply('The upload, and the file that it has become', uploadSchema, told(['content-location'])),
    ...refusals(409, 410, 413, 415, 423, 460, 503, 507),
  },
}

export const send = {
  tags,
  operationId: 'sendUpload',
  summary: 'Send bytes of an upload, from where it stands',
  params: recordParameters,
  consumes: [bytesType],
  headers: headers({ 'upload-offset': text('Where these bytes begin', 15), ...checksum }, ['upload-offset']),
  body: bytes,
  response: {
    204: nothing('Taken; Content-Location names the file once all is there', 'upload-offset', 'upload-expires'),
    ...refusals(...sending),
  },
}

export const drop = {
  tags,
  operationId: 'deleteUpload',
  summary: 'Give an upload up',
  params: recordParameters,
  headers: headers({}),
  response: { 204: nothing('Gone'), ...refusals(409, 410, 412, 423) },
}

const kinds = Object.keys(fileTypes)

export const settings = {
  tags,
  operationId: 'readFileSettings',
  summary: 'Read how much room there is, and which files are taken',
  params: orgParameters,
  response: {
    200: jsonReply(
      'What holds for files here',
      object({
        quota: count,
        used: count,
        largest: count,
        types: object(
          Object.fromEntries(
            kinds.map((kind) => [
              kind,
              object({
                endings: {
                  type: 'object',
                  description: 'Ending of the name → media type',
                  additionalProperties: { type: 'string', maxLength: 100 },
                },
              }),
            ]),
          ),
        ),
        scanner: object({
          state: { type: 'string', enum: ['ready', 'away', 'none'] },
          without: { type: 'string', enum: ['hold', 'allow'] },
        }),
        store: { type: 'string', enum: ['disk', 's3'] },
        direct: { type: 'boolean', description: 'Whether files may be sent to the store itself' },
      }),
    ),
    ...refusals(),
  },
}

/** The body of an upload in one request. */
export const form = {
  type: 'object',
  required: ['file'],
  properties: {
    caption: text('In front of the file', 500),
    tags: text('Separated by commas, in front of the file', 1000),
    file: { type: 'string', format: 'binary', description: 'The file itself, last' },
  },
}
