import { type FileType, fileTypes } from '@commonhall/kernel'

const bytes = { schema: { type: 'string', format: 'binary' } } as const

/** The query of whatever is about one version of a file. */
export const versionAsked = {
  type: 'object',
  properties: {
    version: {
      type: 'string',
      pattern: '^[1-9][0-9]{0,5}$',
      maxLength: 6,
      description: 'The number of a version; the newest when left out',
    },
  },
} as const

const headers = {
  etag: { schema: { type: 'string', maxLength: 200 }, description: 'Names these very bytes' },
  'content-disposition': { schema: { type: 'string', maxLength: 2000 }, description: 'Always an attachment' },
  'accept-ranges': { schema: { const: 'bytes' } },
} as const

const part = { 'content-range': { schema: { type: 'string', maxLength: 100 } } } as const

const replies = (content: Readonly<Record<string, object>>) => ({
  200: { description: 'The bytes', content, headers },
  206: { description: 'The part that `Range` asked for', content, headers: { ...headers, ...part } },
  304: { type: 'null', description: 'You have it already' },
})

const taken = Object.values(fileTypes as Readonly<Record<string, FileType>>).flatMap(({ endings }) =>
  Object.values(endings),
)

/** Bytes of any kind of file that is taken. */
export const bytesReply = replies(
  Object.fromEntries([...new Set(taken), 'application/octet-stream'].map((type) => [type, bytes])),
)

/** A picture that the house has made. */
export const picture = replies({ 'image/webp': bytes })
