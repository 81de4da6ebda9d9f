import type { Address, UploadAddress } from './store.ts'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const sha256 = '[0-9a-f]{64}'
const preview = '[a-z]{1,20}(?:-[0-9]{1,3})?'

const isUuid = new RegExp(`^${uuid}$`)
const isSha256 = new RegExp(`^${sha256}$`)
const isPreview = new RegExp(`^${preview}$`)

/** What stands at an address, under the folder of its org. The name of a piece is the store's own matter. */
const shapes = [
  { kind: 'content', is: new RegExp(`^content/[0-9a-f]{2}/(${sha256})$`) },
  { kind: 'preview', is: new RegExp(`^previews/[0-9a-f]{2}/(${sha256})\\.(${preview})$`) },
  { kind: 'upload', is: new RegExp(`^uploads/(${uuid})$`) },
] as const

/**
 * The name under which a store keeps something: of our own making from end to end, whatever the address holds.
 * @throws {Error} when a part of the address is not what it must be, such as a path out of the store
 */
export function nameOf(address: Address | UploadAddress): string {
  const org = sound(address.org, isUuid)
  if ('upload' in address) return `${org}/uploads/${sound(address.upload, isUuid)}`
  const hash = sound(address.sha256, isSha256)
  if (address.kind === 'content') return `${org}/content/${hash.slice(0, 2)}/${hash}`
  return `${org}/previews/${hash.slice(0, 2)}/${hash}.${sound(address.preview, isPreview)}`
}

/** The name of an org's folder. */
export const folderOf = (org: string): string => sound(org, isUuid)

/** What a name stands for; null when it is none of ours. */
export function addressOf(name: string): Address | (UploadAddress & { readonly kind: 'upload' }) | null {
  const [, org = '', rest = ''] = /^([^/]+)\/(.+)$/.exec(name) ?? []
  if (!isUuid.test(org)) return null
  for (const { kind, is } of shapes) {
    const [, first = '', second = ''] = is.exec(rest) ?? []
    if (!first) continue
    if (kind === 'upload') return { org, kind, upload: first }
    return kind === 'content' ? { org, kind, sha256: first } : { org, kind, sha256: first, preview: second }
  }
  return null
}

function sound(part: string, is: RegExp): string {
  if (typeof part === 'string' && is.test(part)) return part
  throw new Error('A part of an address of stored bytes is not sound.')
}
