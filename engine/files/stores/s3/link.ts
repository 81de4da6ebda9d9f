import type * as Sdk from '@aws-sdk/client-s3'
import type { S3Settings } from '../../settings.ts'

/** The client, and the words that it is spoken to with. */
export interface Link {
  readonly sdk: typeof Sdk
  readonly client: Sdk.S3Client
}

const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }

/** Loads the client, and connects to nothing yet. */
export async function openLink(settings: S3Settings): Promise<Link> {
  const sdk = await import('@aws-sdk/client-s3')
  const { endpoint, region, accessKeyId, secretAccessKey, pathStyle } = settings
  const client = new sdk.S3Client({
    endpoint,
    region,
    forcePathStyle: pathStyle,
    credentials: { accessKeyId, secretAccessKey },
    // Many services do not know the checksums that the client would otherwise add; ours are in the commands.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Tried again by us, since a stream must begin anew.
    maxAttempts: 1,
    logger: quiet,
    requestHandler: {
      connectionTimeout: 5000,
      // No byte in either direction. Readers that are slower than this are served from where they were.
      socketTimeout: 30_000,
      requestTimeout: 300_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 256 },
      httpsAgent: { keepAlive: true, maxSockets: 256 },
    },
  })
  return { sdk, client }
}
