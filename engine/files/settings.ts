import { join } from 'node:path'
import { say } from '@commonhall/kernel'
import type { Settings } from '../settings.ts'

/** An S3-compatible service that keeps the files. */
export interface S3Settings {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** The bucket in the path of an address rather than in front of its host. */
  readonly pathStyle: boolean
  /** Whether people's programs may send files to it themselves. */
  readonly direct: boolean
}

/** Where clamd listens, as `connect` of node:net takes it. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string }

/** What the environment decides about files. Every variable is described in docs/environment.md. */
export interface FileSettings {
  /** Where files are that this machine keeps itself. */
  readonly folder: string
  /** Null means that there is none. */
  readonly s3: S3Settings | null
  /** Where new files go. */
  readonly store: 'disk' | 's3'
  /** Null means that nothing looks for viruses. */
  readonly clamd: ClamdAddress | null
  /** Whether files can be opened that no scanner has seen, since there is none. */
  readonly withoutScanner: 'hold' | 'allow'
  /** Bytes that an org may keep, unless the host says otherwise for that org. */
  readonly quota: number
  /** Bytes of one file at most. */
  readonly largest: number
}

/** Sizes are told in thousands: 10 GB, 100 MB. */
const usualQuota = 10_000_000_000
const usualLargest = 100_000_000

/** The size of a file is kept as a whole number of four bytes. */
const largestEver = 2 ** 31 - 1

export function readFileSettings({ environment, dataDir, production }: Settings): FileSettings {
  const without = environment['FILES_WITHOUT_SCANNER'] || (production ? 'hold' : 'allow')
  if (without !== 'hold' && without !== 'allow') throw new Error(say('files:settings.bad_without_scanner'))
  const s3 = readS3(environment)
  return {
    folder: join(dataDir, 'files'),
    s3,
    store: readStore(environment['FILE_STORE'], s3),
    clamd: readClamd(environment['CLAMD_URL']),
    withoutScanner: without,
    quota: readBytes('FILE_QUOTA', environment['FILE_QUOTA'], usualQuota, Number.MAX_SAFE_INTEGER),
    largest: readBytes('FILE_LARGEST', environment['FILE_LARGEST'], usualLargest, largestEver),
  }
}

function readS3(environment: Settings['environment']): S3Settings | null {
  const bucket = environment['S3_BUCKET']
  const given = environment['S3_ENDPOINT']
  if (!bucket && !given) return null
  const accessKeyId = environment['S3_ACCESS_KEY_ID']
  const secretAccessKey = environment['S3_SECRET_ACCESS_KEY']
  if (!bucket || !accessKeyId || !secretAccessKey) throw new Error(say('files:settings.half_s3'))
  const region = environment['S3_REGION'] || 'us-east-1'
  const endpoint = given || `https://s3.${region}.amazonaws.com`
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) throw new Error(say('files:settings.bad_s3_endpoint'))
  const pathStyle = environment['S3_PATH_STYLE'] !== '0'
  return { endpoint, bucket, region, accessKeyId, secretAccessKey, pathStyle, direct: environment['S3_DIRECT'] === '1' }
}

/** Where new files go: to the S3 service once there is one, unless somebody is moving back to the disk. */
function readStore(given: string | undefined, s3: S3Settings | null): 'disk' | 's3' {
  const store = given || (s3 ? 's3' : 'disk')
  if (store === 'disk' || (store === 's3' && s3)) return store
  throw new Error(say('files:settings.bad_store'))
}

function readClamd(text: string | undefined): ClamdAddress | null {
  if (!text) return null
  const url = URL.parse(text)
  if (url?.protocol === 'unix:' && url.pathname.startsWith('/')) return { path: decodeURIComponent(url.pathname) }
  if (url?.protocol === 'tcp:' && url.hostname)
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 3310) }
  throw new Error(say('files:settings.bad_clamd'))
}

function readBytes(name: string, text: string | undefined, usual: number, most: number): number {
  if (!text) return usual
  const bytes = /^\d{1,16}$/.test(text) ? Number(text) : 0
  if (bytes >= 1 && bytes <= most) return bytes
  throw new Error(say('files:settings.bad_bytes', { name, most }))
}
