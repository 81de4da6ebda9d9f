import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { Destination } from './destination.ts'

/** What a receiver said, or why it said nothing: a key of `webhooks:outcome`. */
export interface Answer {
  readonly status: number | null
  readonly outcome: 'answered' | 'timeout' | 'unreachable' | 'bad_certificate' | 'broken'
  readonly answer: string
  readonly retryAfter: string | null
  readonly latencyMs: number
}

/** Milliseconds for all of it, from connecting to the last byte. */
const longest = 15_000
const mostRead = 64 * 1024
const mostKept = 1000

// Agents of our own: the usual ones can be told by the environment to go through a proxy, which would look names up.
const agents = { 'http:': new http.Agent(), 'https:': new https.Agent() }

/** Posts a body to the address that was looked at, follows nothing, and reads little. It never throws. */
export function postTo(
  { url, address }: Destination,
  headers: Readonly<Record<string, string>>,
  body: string,
  { within = longest, signal }: { readonly within?: number; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  const started = performance.now()
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const end = (outcome: Answer['outcome'], rest: Partial<Answer> = {}) => {
    clearTimeout(timer)
    const latencyMs = Math.round(performance.now() - started)
    resolve({ status: null, answer: '', retryAfter: null, ...rest, outcome, latencyMs })
  }
  const request = (url.protocol === 'https:' ? https : http).request({
    agent: agents[url.protocol as 'http:'],
    protocol: url.protocol,
    // A numeric address: nothing is looked up any more.
    host: address,
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: url.pathname + url.search,
    method: 'POST',
    headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
    ...(isIP(url.hostname.replace(/^\[|\]$/g, '')) ? {} : { servername: url.hostname }),
    rejectUnauthorized: true,
    maxHeaderSize: 16 * 1024,
    ...(signal ? { signal } : {}),
  })
  const timer = setTimeout(() => {
    end('timeout')
    request.destroy()
  }, within)
  request.on('error', (error) => end(outcomeOf(error)))
  request.on('response', (response) => void read(response).then((answer) => end('answered', answer)))
  request.end(body)
  return promise
}

async function read(response: http.IncomingMessage): Promise<Pick<Answer, 'status' | 'answer' | 'retryAfter'>> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part)
      if ((size += part.length) >= mostRead) break
    }
  } catch {
    // It hung up while it spoke: what counts is the status that it had said.
  }
  response.destroy()
  return {
    status: response.statusCode ?? null,
    answer: readable(Buffer.concat(parts).subarray(0, 4 * mostKept)),
    retryAfter: response.headers['retry-after'] ?? null,
  }
}

/** The beginning as text, whatever it was. */
const readable = (bytes: Buffer) =>
  [...bytes.toString('utf8').replace(/[^\P{C}\n\t]/gu, '')].slice(0, mostKept).join('')

function outcomeOf(error: Error): Answer['outcome'] {
  const { code = '' } = error as { code?: string }
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) return 'bad_certificate'
  return /^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|TIMEDOUT|ADDRNOTAVAIL|ACCES)$/.test(code) ? 'unreachable' : 'broken'
}
