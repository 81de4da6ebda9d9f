/** One event as it is told to any number of listeners. */
export interface LiveEvent {
  /** The position after it; null where it says how things stand, and is told anew whenever somebody comes. */
  readonly id: string | null
  readonly event: 'change' | 'inbox' | 'editing' | 'reset'
  /** JSON. */
  readonly data: string
}

const frames = new WeakMap<LiveEvent, string>()

/** The event as text of a stream; made once for all who hear it. */
export function frameOf(told: LiveEvent): string {
  let frame = frames.get(told)
  if (!frame) {
    frame = `${told.id === null ? '' : `id: ${told.id}\n`}event: ${told.event}\ndata: ${told.data}\n\n`
    frames.set(told, frame)
  }
  return frame
}

export const event = (kind: LiveEvent['event'], data: object, id: string | null = null): LiveEvent => ({
  id,
  event: kind,
  data: JSON.stringify(data),
})
