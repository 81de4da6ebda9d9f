import type { S3Settings } from '../../settings.ts'
import type { DirectOffer, DirectRequest } from '../store.ts'
import type { Bucket } from './bucket.ts'

/** Where such requests go. A bucket with a dot in its name never stands in front of a host. */
export function originOf({ endpoint, bucket, pathStyle }: S3Settings): string {
  const { protocol, host } = new URL(endpoint)
  return `${protocol}//${pathStyle || bucket.includes('.') ? '' : `${bucket}.`}${host}`
}

/** A request that anybody can make for a while, and that writes these very bytes at this very place alone. */
export async function offerDirect(bucket: Bucket, key: string, offer: DirectOffer): Promise<DirectRequest> {
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
  const { client, sdk } = await bucket.link()
  const checksum = Buffer.from(offer.sha256, 'hex').toString('base64')
  const command = new sdk.PutObjectCommand({
    Bucket: bucket.settings.bucket,
    Key: key,
    ContentLength: offer.size,
    ContentType: 'application/octet-stream',
    ChecksumAlgorithm: 'SHA256',
    ChecksumSHA256: checksum,
  })
  // A signature counts only for headers that it names; what stands in the address alone, no service compares.
  const url = await getSignedUrl(client, command, {
    expiresIn: offer.minutes * 60,
    signableHeaders: new Set(['host', 'content-length', 'content-type', 'x-amz-checksum-sha256']),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  })
  const headers = {
    'content-length': String(offer.size),
    'content-type': 'application/octet-stream',
    'x-amz-checksum-sha256': checksum,
  }
  return { method: 'PUT', url, headers }
}
