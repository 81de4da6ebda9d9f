import { connect, type Socket } from 'node:net'
import { setImmediate as otherThings } from 'node:timers/promises'
import type { Bytes } from '../../stores/store.ts'
import type { ClamdAddress } from '../../settings.ts'

/** The scanner did not answer, or not to the end: nothing is known of the bytes, and they are sent again later. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway'
  /** It closed the connection while bytes were still coming, as it does when they are more than it takes. */
  readonly hungUp: boolean

  constructor(hungUp = false) {
    super('The scanner does not answer.')
    this.hungUp = hungUp
  }
}

/** How long it may say nothing, in milliseconds: to a question, and at the end of what it scans. */
export interface Patience {
  readonly question: number
  readonly scan: number
}

/** It gives up itself after two minutes, as it is delivered. */
export const usualPatience: Patience = { question: 5_000, scan: 150_000 }

/** Pieces in which bytes are sent. */
const piece = 64 * 1024

/** Asks one question, such as `VERSION`, and answers what it says. */
export async function ask(address: ClamdAddress, question: string, patience: number): Promise<string> {
  const line = new Line(address, patience)
  await line.write(Buffer.from(`z${question}\0`)).catch(() => {})
  const answer = await line.answer()
  return answer ?? away()
}

/** Sends bytes to be scanned, as INSTREAM takes them, and answers what it says of them. */
export async function askAbout(address: ClamdAddress, bytes: Bytes, patience: number): Promise<string> {
  const line = new Line(address, patience)
  let isSent = false
  try {
    await line.write(Buffer.from('zINSTREAM\0'))
    for await (const some of bytes)
      for (let at = 0; at < some.length; at += piece) {
        await line.write(framed(some.subarray(at, at + piece)))
        // As long as the network takes all at once, nothing else is done, and nothing is heard.
        await otherThings()
      }
    const isAsked = !line.hasSpoken
    await line.write(Buffer.alloc(4))
    isSent = isAsked
  } catch (error) {
    line.end()
    if (!(error instanceof ScannerAway)) throw error
  }
  const answer = await line.answer()
  if (answer === null) throw new ScannerAway(!isSent && line.wasOpen && !line.wasSilent)
  // Whatever it says before it has all bytes is no proof that there is nothing in them.
  return isSent || !/\bOK$/.test(answer) ? answer : away()
}

const away = (): never => {
  throw new ScannerAway()
}

function framed(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Answers are one line; more than this is none of its. */
const longestAnswer = 4096

/** One connection, for one question. */
class Line {
  wasOpen = false
  wasSilent = false
  readonly #socket: Socket
  readonly #closed: Promise<void>
  #heard = ''

  constructor(address: ClamdAddress, patience: number) {
    const socket = connect(address)
    this.#socket = socket
    socket.setTimeout(patience, () => {
      this.wasSilent = true
      socket.destroy()
    })
    socket.on('connect', () => (this.wasOpen = true))
    socket.on('data', (bytes) => {
      this.#heard = (this.#heard + bytes.toString('latin1')).slice(0, longestAnswer)
    })
    // What fails is told by `write`, and by an answer that does not come.
    socket.on('error', () => {})
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()))
  }

  write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed || this.#socket.writableEnded) reject(new ScannerAway())
      else this.#socket.write(bytes, (error) => (error ? reject(new ScannerAway()) : resolve()))
    })
  }

  end(): void {
    this.#socket.destroySoon()
  }

  get hasSpoken(): boolean {
    return this.#heard.length > 0
  }

  /** What it has said when it hangs up; null when that is nothing whole, or more than one thing. */
  async answer(): Promise<string | null> {
    await this.#closed
    const [said = '', ...rest] = this.#heard.split('\0')
    return rest.length === 1 && !rest[0] ? said.trim() : null
  }
}
