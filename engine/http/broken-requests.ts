import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { say } from '@commonhall/kernel'
import { bareHeaders } from './headers.ts'

interface BrokenRequest extends Error {
  readonly code?: string
}

/** Answers what is no HTTP, or too much of it, with a problem too: no request came out of it that could be routed. */
export function answerBrokenRequest(error: BrokenRequest, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, code] = verdicts[error.code ?? ''] ?? [400, 'malformed_http']
  const request_id = randomUUID()
  const title = STATUS_CODES[status]
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    code,
    detail: say(`engine:http.${code}`),
    errors: [],
    request_id,
  })
  const headers = {
    ...bareHeaders(request_id),
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const head = [`HTTP/1.1 ${status} ${title}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const verdicts: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too_slow'],
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large'],
}
