/** Something that the server tells of while it happens. */
export interface LiveEvent {
  readonly event: string
  readonly data: unknown
}

const lineEnd = /\r\n|\n|\r/

/** Reads a stream of server-sent events, in whatever pieces it arrives. */
export class Frames {
  /** The position that the server named last; from there one can go on. */
  position: string
  #rest = ''

  constructor(position = '') {
    this.position = position
  }

  /** The events that are complete with this piece. */
  read(piece: string): LiveEvent[] {
    this.#rest += piece
    const frames = this.#rest.split(/(?:\r\n|\n|\r){2}/)
    this.#rest = frames.pop() ?? ''
    return frames.flatMap((frame) => this.#one(frame))
  }

  #one(frame: string): LiveEvent[] {
    let event = 'message'
    let text = ''
    for (const line of frame.split(lineEnd)) {
      const [, name, value = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? []
      if (name === 'id') this.position = value
      else if (name === 'event') event = value
      else if (name === 'data') text += value
    }
    return text ? [{ event, data: JSON.parse(text) as unknown }] : []
  }
}
