import { get, type IncomingMessage } from 'node:http'

export interface Heard {
  readonly id: string | undefined
  readonly event: string
  readonly data: Record<string, unknown>
}

/** One open stream, as a browser reads it. */
export interface Listening {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** The last id heard, with which a browser would come back. */
  readonly lastId: () => string
  /** The next event of a kind; rejects when none comes in time. */
  next(event: string, within?: number): Promise<Heard>
  /** All that has been heard and not been asked for. */
  readonly heard: Heard[]
  readonly comments: () => number
  readonly ended: Promise<void>
  close(): void
}

interface More {
  readonly slug?: string
  readonly lastEventId?: string
  readonly query?: string
}

/** Opens a stream by a real connection; resolves once its head is there. */
export function listen(url: string, token: string, topics: string, more: More = {}): Promise<Listening> {
  const { slug = 'local-100', lastEventId, query = '' } = more
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  }
  return new Promise((resolve, reject) => {
    const request = get(
      `${url}/api/v1/orgs/${slug}/live?topics=${topics}${query}`,
      { headers, agent: false },
      (reply) => resolve(read(reply, () => request.destroy())),
    )
    request.on('error', reject)
  })
}

function read(reply: IncomingMessage, close: () => void): Listening {
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  let [text, last, comments] = ['', '', 0]
  reply.setEncoding('utf8')
  reply.on('data', (chunk: string) => {
    text += chunk
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const { id, event, data, comment } = fieldsOf(frame)
      if (id !== undefined) last = id
      if (comment) comments += 1
      if (data !== undefined) heard.push({ id, event: event ?? 'message', data: JSON.parse(data) })
    }
    for (const look of waiting) look()
  })
  const ended = new Promise<void>((done) => {
    reply
      .on('end', done)
      .on('close', done)
      .on('error', () => done())
  })
  const next = (event: string, within = 30_000) =>
    new Promise<Heard>((resolve, reject) => {
      const look = () => {
        const place = heard.findIndex((one) => one.event === event)
        if (place < 0) return
        clearTimeout(timer)
        waiting.delete(look)
        resolve(heard.splice(place, 1)[0] as Heard)
      }
      const timer = setTimeout(() => {
        waiting.delete(look)
        reject(new Error(`No ${event} within ${within} ms; heard: ${JSON.stringify(heard)}`))
      }, within)
      waiting.add(look)
      look()
    })
  const { statusCode: status = 0, headers } = reply
  return { status, headers, lastId: () => last, next, heard, comments: () => comments, ended, close }
}

function fieldsOf(frame: string) {
  const lines = frame.split('\n')
  const of = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  return { id: of('id'), event: of('event'), data: of('data'), comment: lines.some((line) => line.startsWith(':')) }
}
