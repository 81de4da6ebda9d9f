import type { DetailedError, HttpRequest, HttpResponse, Upload } from 'tus-js-client'
import { t } from '../say.ts'
import { call, csrf, Problem } from '../wire/http.ts'
import { sentDirect } from './direct.ts'
import './words.ts'
import { printOf, unfinished } from './unfinished.ts'

/** What a file is sent for: a record, a field of one, or an older version of itself. */
export interface UploadTarget {
  /** Path of the kind of record, such as `members`. */
  readonly resource: string
  readonly record?: string
  readonly field?: string
  /** The file that this will be a new version of. */
  readonly file?: string
  readonly caption?: string
}

export interface UploadTold {
  readonly onProgress?: (sent: number, size: number) => void
  /** Whether it waits for a connection. */
  readonly onWaiting?: (isWaiting: boolean) => void
  /** Aborted with the reason `paused` it can go on later from where it is; else what has come is thrown away. */
  readonly signal?: AbortSignal
}

export const placeOf = (org: string, { resource, record = '', field = '', file = '' }: UploadTarget) =>
  [org, resource, record, field, file].join('/')

/** Whoever stands in between may hold a piece back until it is whole: so much is sent anew at most. */
const piece = 16 * 1024 ** 2

/** Larger ones would have to be read into memory for it; the server makes a sum of its own in any case. */
const largestSummed = 64 * 1024 ** 2

/** So that what arrives is what was chosen. Pages that did not come over https cannot do it. */
async function sumOf(file: File): Promise<string | undefined> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto }
  if (!subtle || file.size > largestSummed) return undefined
  const sum = await subtle.digest('SHA-256', await file.arrayBuffer())
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A folder, or a file that is gone meanwhile, cannot be read. */
const readAndSum = (file: File) =>
  sumOf(file).catch(() => {
    throw new Problem(-1, 'unreadable', t('files.unreadable'))
  })

function problemOf(failure: Error): Problem {
  const { originalResponse: response, causingError } = failure as DetailedError
  if (causingError instanceof Problem) return causingError
  if (!response) return new Problem(0, 'unreachable', t('problem.unreachable'))
  let said: ConstructorParameters<typeof Problem>[3] & { code?: string; detail?: string } = {}
  try {
    said = JSON.parse(response.getBody()) as typeof said
  } catch {
    // A proxy's page says nothing that could be shown.
  }
  const status = response.getStatus()
  const detail = said.detail ?? t(status >= 500 ? 'problem.fault' : 'problem.refused')
  return new Problem(status, said.code ?? `http_${status}`, detail, said)
}

/** Another piece of the same upload is still being put away, or the server is being started anew. */
const isPassing = ({ status }: Problem, isBegun: boolean) =>
  status === 423 || status === 429 || status >= 500 || (status === 409 && isBegun)

const mostTries = 8
const longestWait = 15_000
const stalledAfter = 30_000

/** Waits, and no longer than until the browser says that there is a network again. */
const pause = (time: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, time)
    window.addEventListener('online', done)
    signal?.addEventListener('abort', done)
  })

/** Sends until it is done or something is in the way. The line that is silent for long, or gone, is in the way. */
function send(upload: Upload, told: UploadTold): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let moved = Date.now()
    let isSent = false
    const stop = (failure: unknown) => {
      void upload.abort()
      end(() => reject(failure))
    }
    const cut = () => stop(new Problem(0, 'unreachable', t('problem.unreachable')))
    const left = () => stop(told.signal?.reason)
    const watch = setInterval(() => !isSent && Date.now() - moved > stalledAfter && cut(), 1000)
    function end(settle: () => void) {
      clearInterval(watch)
      window.removeEventListener('offline', cut)
      told.signal?.removeEventListener('abort', left)
      settle()
    }
    window.addEventListener('offline', cut)
    told.signal?.addEventListener('abort', left)
    Object.assign(upload.options, {
      onProgress(sent: number, size: number) {
        moved = Date.now()
        isSent = sent === size
        told.onWaiting?.(false)
        told.onProgress?.(sent, size)
      },
      onSuccess: ({ lastResponse }: { lastResponse: HttpResponse }) => end(() => resolve(lastResponse)),
      onError: (failure: Error) => end(() => reject(problemOf(failure))),
    })
    upload.start()
  })
}

/** Goes on after a lost line for as long as it takes, and a few times after what the server could not do just now. */
async function sendThrough(upload: Upload, told: UploadTold): Promise<HttpResponse> {
  for (let tries = 0; ; tries++) {
    told.signal?.throwIfAborted()
    let far = 0
    try {
      return await send(upload, {
        ...told,
        onProgress(sent, size) {
          far = sent
          told.onProgress?.(sent, size)
        },
      })
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      const isLost = failure.status === 0
      if (!isLost && !(isPassing(failure, !!upload.url) && tries < mostTries)) throw failure
      told.onWaiting?.(true)
      if (far) tries = 0
      await pause(Math.min(longestWait, 500 * 2 ** Math.min(tries, 6)), told.signal)
    }
  }
}

/** A call is repeated with a fresh access cookie; a piece of an upload gets one here, and is sent once more. */
async function renewIfNeeded(_request: HttpRequest, response: HttpResponse): Promise<void> {
  if (response.getStatus() !== 401) return
  await call('GET', '/auth/me')
  throw new Error('Once more.')
}

const usual = {
  retryDelays: null,
  storeFingerprintForResuming: false,
  onBeforeRequest(request: HttpRequest) {
    request.setHeader('x-csrf-token', csrf())
  },
  onAfterResponse: renewIfNeeded,
}

/** Has the server forget an upload. It would by itself, a day later. */
export async function throwAway(url: string): Promise<void> {
  const { Upload } = await import('tus-js-client')
  await Upload.terminate(url, usual).catch(() => {})
}

const filled = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]))

/** The file that a finished upload has become: the answer to its last piece tells, or else the upload itself. */
async function becameOf(upload: Upload, response: HttpResponse): Promise<{ id: string }> {
  const id = /\/files\/([0-9a-f-]{36})/.exec(response.getHeader('Content-Location') ?? '')?.[1]
  if (id) return { id }
  const path = new URL(upload.url ?? '', location.href).pathname.replace(/^\/api\/v1/, '')
  const { file } = await call<{ file: string | null }>('GET', path)
  return { id: file ?? '' }
}

/**
 * Sends a file in pieces (tus), goes on by itself after a lost connection, and after a reload of the page when the same
 * file is given once more. Answers the file's id.
 * @throws {Problem} what the server refused; the signal's reason when it was stopped
 */
export async function uploadFile(
  org: string,
  file: File,
  target: UploadTarget,
  told: UploadTold = {},
): Promise<{ id: string }> {
  const place = placeOf(org, target)
  const print = printOf(place, file)
  const known = unfinished.read(print)
  const sha256 = known ? undefined : await readAndSum(file)
  const { resource, record, field, file: older, caption } = target
  const metadata = filled({
    name: file.name,
    ...(older ? { file: older } : { resource, record, field }),
    caption,
    sha256,
  })
  let begun = known?.url
  const onBegun = (url: string) => {
    begun = url
    unfinished.note(print, { url, name: file.name, place })
  }
  try {
    const id = sha256 && (await sentDirect(org, file, metadata, { ...told, onBegun }))
    const became = id ? { id } : await sentInPieces(org, file, metadata, { ...told, onBegun, begun })
    unfinished.forget(print)
    return became
  } catch (failure) {
    // Only what was paused, or is cut off with the page, is worth going on with.
    if (told.signal?.reason === 'paused') throw failure
    unfinished.forget(print)
    if (told.signal?.aborted && begun) await throwAway(begun)
    throw failure
  }
}

async function sentInPieces(
  org: string,
  file: File,
  metadata: Record<string, string>,
  { begun, onBegun, ...told }: UploadTold & { begun: string | undefined; onBegun: (url: string) => void },
): Promise<{ id: string }> {
  const { Upload } = await import('tus-js-client')
  const upload: Upload = new Upload(file, {
    endpoint: `/api/v1/orgs/${org}/uploads`,
    uploadUrl: begun ?? null,
    metadata,
    chunkSize: piece,
    ...usual,
    onUploadUrlAvailable: () => upload.url && onBegun(upload.url),
  })
  return await becameOf(upload, await sendThrough(upload, told))
}
