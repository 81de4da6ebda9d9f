import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

interface Place {
  readonly top: number
  readonly height: number
}

interface Drag {
  readonly from: number
  /** Where it would land now. */
  readonly to: number
  /** How far it has been pulled, in pixels. */
  readonly by: number
  readonly height: number
}

interface Grip {
  readonly from: number
  readonly places: readonly Place[]
  /** Of the pointer within the list when it took hold. */
  readonly start: number
  /** Of the pointer on the screen, now. */
  y: number
}

/** So close to the edge of the screen a drag scrolls the page, so fast. */
const edge = 88
const speed = 9

const middle = ({ top, height }: Place) => top + height / 2

/** Where a row lands that has been pulled so far: behind all whose middles its own has passed. */
const landing = ({ from, places }: Grip, by: number): number => {
  const own = places[from]
  const at = own ? middle(own) + by : 0
  return places.filter((place, index) => index !== from && middle(place) < at).length
}

/** While something is dragged: near an edge the page scrolls along, and Escape lets everything be as it was. */
function useScrolling(
  isDragging: boolean,
  grip: RefObject<Grip | undefined>,
  follow: () => void,
  cancel: () => void,
): void {
  useEffect(() => {
    if (!isDragging) return undefined
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') cancel()
    }
    const timer = setInterval(() => {
      const { y = innerHeight / 2 } = grip.current ?? {}
      const by = y < edge ? -speed : y > innerHeight - edge ? speed : 0
      if (!by) return
      for (const scroller of [window, document.getElementById('main')]) scroller?.scrollBy(0, by)
      follow()
    }, 16)
    addEventListener('keydown', onKey)
    return () => {
      clearInterval(timer)
      removeEventListener('keydown', onKey)
    }
  })
}

/**
 * Rows of a list that are dragged to other places, with the mouse or a finger. `list` holds them all, each marked by
 * `data-row`; what else is marked so is a place to drag past, too.
 */
export function useDrag(list: RefObject<HTMLElement | null>, onDrop: (from: number, to: number) => void) {
  const grip = useRef<Grip>(undefined)
  const [drag, setDrag] = useState<Drag>()
  /** Where it is now: what was drawn last may be older. */
  const look = (): Drag | undefined => {
    if (!grip.current || !list.current) return undefined
    const { from, start, y, places } = grip.current
    const by = y - list.current.getBoundingClientRect().top - start
    return { from, by, to: landing(grip.current, by), height: places[from]?.height ?? 0 }
  }
  const follow = () => setDrag(look())
  const end = (isDropped: boolean) => {
    const last = look()
    grip.current = undefined
    setDrag(undefined)
    if (isDropped && last && last.to !== last.from) onDrop(last.from, last.to)
  }
  const isDragging = drag !== undefined
  useScrolling(isDragging, grip, follow, () => end(false))
  /** What a handle listens to, by the place of its row. */
  const handle = (from: number) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (!list.current || event.button !== 0) return
      const { top } = list.current.getBoundingClientRect()
      const places = [...list.current.querySelectorAll('[data-row]')].map((row) => {
        const box = row.getBoundingClientRect()
        return { top: box.top - top, height: box.height }
      })
      event.currentTarget.setPointerCapture(event.pointerId)
      grip.current = { from, places, start: event.clientY - top, y: event.clientY }
    },
    onPointerMove({ clientY }: PointerEvent) {
      if (!grip.current) return
      grip.current.y = clientY
      follow()
    },
    onPointerUp({ clientY }: PointerEvent) {
      if (grip.current) grip.current.y = clientY
      end(true)
    },
    onPointerCancel: () => end(false),
  })
  /** How far a row stands from its place while another one, or itself, is dragged. */
  const shift = (index: number): number => {
    if (!drag) return 0
    const { from, to, by, height } = drag
    if (index === from) return by
    if (index > from && index <= to) return -height
    return index < from && index >= to ? height : 0
  }
  return { handle, shift, dragged: drag?.from }
}
