import { Readable } from 'node:stream'
import { type HttpRequest, Upload, type UploadOptions } from 'tus-js-client'

/** Who uploads, and where: an address that listens, an org, a token. */
export interface Sender {
  readonly url: string
  readonly org: string
  readonly token: string
}

export const uploadsOf = ({ url, org }: Sender) => `${url}/api/v1/orgs/${org}/uploads`

/** An upload by the real client, as the page and other programs make it. */
export class Sending {
  readonly upload: Upload
  /** What each request was and how it was answered: `PATCH 204`. */
  readonly told: string[] = []
  readonly done: Promise<void>

  constructor(sender: Sender, bytes: Buffer, metadata: Record<string, string>, options: UploadOptions = {}) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.done = promise
    promise.catch(() => {})
    this.upload = new Upload(bytes as never, {
      endpoint: uploadsOf(sender),
      headers: { authorization: `Bearer ${sender.token}` },
      metadata,
      retryDelays: [0, 50, 100, 500, 1000, 3000],
      storeFingerprintForResuming: false,
      onAfterResponse: (request: HttpRequest, response) =>
        void this.told.push(`${request.getMethod()} ${response.getStatus()}`),
      ...options,
      onSuccess: (payload) => {
        options.onSuccess?.(payload)
        resolve()
      },
      onError: reject,
    })
  }

  async run(): Promise<string> {
    this.upload.start()
    await this.done
    return this.id
  }

  get id(): string {
    return this.upload.url?.split('/').at(-1) ?? ''
  }
}

/** `name value` pairs as the protocol wants them. */
export const metadata = (told: Readonly<Record<string, string>>) =>
  Object.entries(told)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

/** Requests of the protocol, one by one: to say what no well-meaning client would. */
export class Wire {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  async send(
    method: string,
    address: string,
    headers: Record<string, string> = {},
    body?: Buffer | Readable,
  ): Promise<Response> {
    const { url, token } = this.#sender
    return await fetch(new URL(address, url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', ...headers },
      ...(body ? { body: (body instanceof Readable ? Readable.toWeb(body) : body) as never, duplex: 'half' } : {}),
    })
  }

  begin(told: Readonly<Record<string, string>>, size: number, headers: Record<string, string> = {}, body?: Buffer) {
    const all = { 'upload-length': String(size), 'upload-metadata': metadata(told), ...headers }
    return this.send('POST', uploadsOf(this.#sender), body ? { 'content-type': bytesType, ...all } : all, body)
  }

  /** Begins, and answers the address of the upload. */
  async begun(told: Readonly<Record<string, string>>, size: number): Promise<string> {
    const reply = await this.begin(told, size)
    if (reply.status !== 201) throw new Error(await reply.text())
    return reply.headers.get('location') ?? ''
  }

  patch(address: string, offset: number, body: Buffer | Readable, headers: Record<string, string> = {}) {
    return this.send('PATCH', address, { 'content-type': bytesType, 'upload-offset': String(offset), ...headers }, body)
  }
}

const bytesType = 'application/offset+octet-stream'
