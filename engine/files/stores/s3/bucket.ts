import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as Sdk from '@aws-sdk/client-s3'
import type { S3Settings } from '../../settings.ts'
import type { Bytes, Span } from '../store.ts'
import { failureOf, isBeyondEnd, isNothingThere, isPassing } from './failures.ts'
import { type Link, openLink } from './link.ts'
import { type Opened, resumedRead } from './resumed-read.ts'
import { hashed } from './signed-body.ts'
import type { Spool } from './spool.ts'

/** One thing in a bucket. */
export interface Stored {
  readonly key: string
  readonly size: number
  /** When it was written, in milliseconds since 1970. */
  readonly at: number
}

/** How often something that may go well next time is tried. */
const mostTries = 3

/** The part of S3 that we need, on one bucket. The client is loaded when it is first used: it takes 30 MB. */
export class Bucket {
  readonly settings: S3Settings
  #link: Promise<Link> | undefined

  constructor(settings: S3Settings) {
    this.settings = settings
  }

  /** The service compares what arrives with the hash that is signed, so nothing else than what we read can be kept. */
  async put(key: string, spool: Spool): Promise<void> {
    const sha256 = Buffer.from(spool.sha256, 'hex')
    await this.#send('a write', async ({ client, sdk }, Bucket) => {
      const body = spool.read()
      const command = new sdk.PutObjectCommand({
        Bucket,
        Key: key,
        Body: body,
        ContentLength: spool.size,
        ContentType: 'application/octet-stream',
        ChecksumAlgorithm: 'SHA256',
        ChecksumSHA256: sha256.toString('base64'),
      })
      await client.send(hashed(command, sha256)).finally(() => body.destroy())
    })
  }

  /** Null when nothing is there. */
  async get(key: string, span?: Span): Promise<Bytes | null> {
    const opened = await this.#open(key, span ? `bytes=${span.first}-${span.last}` : undefined)
    if (!opened) return null
    return resumedRead(opened, span?.first ?? 0, (first, last) => this.#open(key, `bytes=${first}-${last}`, opened.tag))
  }

  async size(key: string): Promise<number | null> {
    const head = await this.#find('a look', ({ client, sdk }, Bucket) =>
      client.send(new sdk.HeadObjectCommand({ Bucket, Key: key })),
    )
    return head ? (head.ContentLength ?? 0) : null
  }

  async remove(key: string): Promise<void> {
    await this.#find('a removal', ({ client, sdk }, Bucket) =>
      client.send(new sdk.DeleteObjectCommand({ Bucket, Key: key })),
    )
  }

  /** In the order of the keys. */
  async *list(prefix: string): AsyncGenerator<Stored> {
    let next: string | undefined
    do {
      const page: Sdk.ListObjectsV2CommandOutput = await this.#send('a listing', ({ client, sdk }, Bucket) =>
        client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: next })),
      )
      for (const { Key: key = '', Size: size = 0, LastModified: at } of page.Contents ?? [])
        yield { key, size, at: at?.getTime() ?? 0 }
      next = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (next)
  }

  /** Within the service. Answers the SHA-256 of the copy, in hex, where the service tells it. */
  async copy(from: string, to: string): Promise<string | undefined> {
    const { CopyObjectResult: copy } = await this.#send('a copy', ({ client, sdk }, Bucket) => {
      const wanted = { Bucket, Key: to, CopySource: `${Bucket}/${from}`, ChecksumAlgorithm: 'SHA256' } as const
      return client.send(new sdk.CopyObjectCommand(wanted))
    })
    return copy?.ChecksumSHA256 && Buffer.from(copy.ChecksumSHA256, 'base64').toString('hex')
  }

  /** Several become one, within the service. Each but the last has 5 MB or more. */
  async join(from: readonly string[], to: string): Promise<void> {
    await this.#send('joining', async ({ client, sdk }, Bucket) => {
      const at = { Bucket, Key: to }
      const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(at))
      try {
        const Parts: Sdk.CompletedPart[] = []
        for (const [index, key] of from.entries()) {
          const part = { ...at, UploadId, PartNumber: index + 1, CopySource: `${Bucket}/${key}` }
          const { CopyPartResult } = await client.send(new sdk.UploadPartCopyCommand(part))
          Parts.push({ PartNumber: index + 1, ETag: CopyPartResult?.ETag })
        }
        await client.send(new sdk.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }))
      } catch (error) {
        await client.send(new sdk.AbortMultipartUploadCommand({ ...at, UploadId })).catch(() => {})
        throw error
      }
    })
  }

  /** What the client and the signing of addresses need. */
  async link(): Promise<Link> {
    return await (this.#link ??= openLink(this.settings))
  }

  async close(): Promise<void> {
    const link = this.#link && (await this.#link)
    this.#link = undefined
    link?.client.destroy()
  }

  async #open(key: string, Range?: string, IfMatch?: string): Promise<Opened | null> {
    const found = await this.#find('a read', async ({ client, sdk }, Bucket) => {
      try {
        return await client.send(new sdk.GetObjectCommand({ Bucket, Key: key, Range, IfMatch }))
      } catch (error) {
        if (isBeyondEnd(error)) return { Body: undefined, ContentLength: 0, ETag: undefined }
        throw error
      }
    })
    return found && { body: found.Body as Opened['body'], size: found.ContentLength ?? 0, tag: found.ETag }
  }

  async #find<Value>(act: string, work: (link: Link, bucket: string) => Promise<Value>): Promise<Value | null> {
    return await this.#send<Value | null>(act, async (link, bucket) => {
      try {
        return await work(link, bucket)
      } catch (error) {
        if (isNothingThere(error)) return null
        throw error
      }
    })
  }

  /** With a little time in between, since what is overloaded wants to be left alone. */
  async #send<Value>(act: string, work: (link: Link, bucket: string) => Promise<Value>): Promise<Value> {
    const link = await this.link()
    for (let tried = 1; ; tried += 1)
      try {
        return await work(link, this.settings.bucket)
      } catch (error) {
        if (!isPassing(error) || tried === mostTries) throw failureOf(act, error)
        await sleep(4 ** (tried - 1) * randomInt(100, 300))
      }
  }
}
