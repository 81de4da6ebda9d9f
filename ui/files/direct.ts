import { open } from '../wire/http.ts'
import type { FileSettings, KnownUpload } from '../wire/files.ts'
import type { UploadTold } from './upload.ts'

/** For less, the two calls more take longer than the bytes. */
const least = 5_000_000

const stalledAfter = 30_000

interface Offer {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

interface DirectTold extends UploadTold {
  /** Where the upload is from now on. */
  readonly onBegun: (url: string) => void
}

const base64 = (text: string) =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))

const read = async <Answer>(answer: Promise<Response>) => (await (await answer).json()) as Answer

/**
 * Sends a file to the service that keeps files, past the server, where it is large and the server says so. Null when
 * it did not get there, for whatever reason: the usual way goes on from there, and tells what is wrong if it still is.
 */
export async function sentDirect(
  org: string,
  file: File,
  metadata: Readonly<Record<string, string>>,
  told: DirectTold,
): Promise<string | null> {
  if (file.size < least) return null
  try {
    const { direct } = await read<FileSettings>(open('GET', `/orgs/${org}/file-settings`))
    if (!direct) return null
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-length': String(file.size),
      'upload-metadata': Object.entries(metadata)
        .map(([name, value]) => `${name} ${base64(value)}`)
        .join(','),
    }
    const begun = await open('POST', `/orgs/${org}/uploads`, { headers })
    const { href, pathname } = new URL(begun.headers.get('location') ?? '', location.href)
    told.onBegun(href)
    const path = pathname.replace(/^\/api\/v1/, '')
    await put(await read<Offer>(open('POST', `${path}/direct`, { body: {} })), file, told)
    return (await read<KnownUpload>(open('POST', `${path}/complete`, { body: {} }))).file
  } catch {
    told.signal?.throwIfAborted()
    return null
  }
}

const put = ({ method, url, headers }: Offer, file: File, { onProgress, signal }: UploadTold) =>
  new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const cut = () => request.abort()
    let watch = setTimeout(cut, stalledAfter)
    const end = (settle: () => void) => {
      clearTimeout(watch)
      window.removeEventListener('offline', cut)
      signal?.removeEventListener('abort', cut)
      settle()
    }
    const fail = () => end(() => reject(new Error(`It was not taken (${request.status}).`)))
    request.open(method, url)
    // How long it is, a browser says by itself.
    for (const [name, value] of Object.entries(headers))
      if (name !== 'content-length') request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded }) => {
      clearTimeout(watch)
      if (loaded < file.size) watch = setTimeout(cut, stalledAfter)
      onProgress?.(loaded, file.size)
    })
    request.addEventListener('load', () => (request.status === 200 ? end(resolve) : fail()))
    request.addEventListener('error', fail)
    request.addEventListener('abort', fail)
    window.addEventListener('offline', cut)
    signal?.addEventListener('abort', cut)
    signal?.throwIfAborted()
    request.send(file)
  })
