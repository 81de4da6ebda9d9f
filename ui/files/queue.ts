import { useSyncExternalStore } from 'react'
import { noteOwn } from '../live/news.ts'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { placeOf, uploadFile, type UploadTarget } from './upload.ts'

/** One file on its way to a record. */
export interface Going {
  readonly key: number
  readonly org: string
  readonly target: UploadTarget
  readonly file: File
  readonly sent: number
  /** `stuck` waits for a connection; `queued` for one of those before it. */
  readonly state: 'queued' | 'going' | 'stuck' | 'paused' | 'refused' | 'done'
  /** Why it was refused. */
  readonly reason?: string
  /** Whether it could be accepted at another time. */
  readonly mayRetry?: boolean
}

const atOnce = 3

let all: readonly Going[] = []
let lastKey = 0
const stops = new Map<number, AbortController>()
const listeners = new Set<() => void>()
const watched = new Map<string, number>()

/** A record's attachments and new versions of them stand in one list. */
const listOf = (org: string, { resource, record }: UploadTarget) =>
  placeOf(org, { resource, ...(record ? { record } : {}) })

const isOpen = ({ state }: Going) => state !== 'refused' && state !== 'done'

/** The browser asks before it closes what is still on its way. */
const beforeClosing = (event: BeforeUnloadEvent) => event.preventDefault()

function become(next: readonly Going[]) {
  all = next
  if (all.some(isOpen)) window.addEventListener('beforeunload', beforeClosing)
  else window.removeEventListener('beforeunload', beforeClosing)
  for (const listener of listeners) listener()
}

const change = (key: number, values: Partial<Going>) =>
  become(all.map((one) => (one.key === key ? { ...one, ...values } : one)))

const remove = (key: number) => become(all.filter((one) => one.key !== key))

/** Who has gone on to another page still learns what became of it. */
function tellElsewhere({ org, target, file }: Going, refused?: string) {
  const place = listOf(org, target)
  if (watched.get(place)) return
  if (refused) toast(t('files.refusedElsewhere', { name: file.name, reason: refused }))
  else if (!all.some((one) => isOpen(one) && listOf(one.org, one.target) === place))
    toast(t('files.doneElsewhere', { name: file.name }))
}

async function carry(one: Going): Promise<void> {
  const stop = new AbortController()
  stops.set(one.key, stop)
  change(one.key, { state: 'going' })
  try {
    await uploadFile(one.org, one.file, one.target, {
      signal: stop.signal,
      onProgress: (sent, size) => {
        change(one.key, { sent })
        // The live channel may tell of it before the answer is here: it is no news to whoever did it.
        if (sent === size) noteOwn(one.target.record ?? '', undefined, undefined)
      },
      onWaiting: (isWaiting) => !stop.signal.aborted && change(one.key, { state: isWaiting ? 'stuck' : 'going' }),
    })
    change(one.key, { state: 'done' })
    tellElsewhere(one)
    // Its row takes the place of what told of its way.
    const { resource, record } = one.target
    await client.invalidateQueries({ queryKey: ['org', one.org, 'files', resource, record] })
    void client.invalidateQueries({ queryKey: ['org', one.org, 'file-settings'] })
    remove(one.key)
  } catch (failure) {
    if (stop.signal.aborted) return
    const reason = failure instanceof Problem ? failure.message : t('problem.page')
    const mayRetry = !(failure instanceof Problem) || failure.status >= 500 || failure.status === 429
    change(one.key, { state: 'refused', reason, mayRetry })
    tellElsewhere(one, reason)
  } finally {
    if (stops.get(one.key) === stop) stops.delete(one.key)
    next()
  }
}

function next() {
  const free = atOnce - all.filter(({ state }) => state === 'going' || state === 'stuck').length
  for (const one of all.filter(({ state }) => state === 'queued').slice(0, Math.max(0, free))) void carry(one)
}

/** A file for the queue, or one that is refused before its first byte. */
export interface Chosen {
  readonly file: File
  readonly target: UploadTarget
  readonly refused?: string | undefined
}

export function send(org: string, chosen: readonly Chosen[]): void {
  become([
    ...all,
    ...chosen.map(({ file, target, refused }): Going => {
      const one = { key: ++lastKey, org, target, file, sent: 0 }
      return refused ? { ...one, state: 'refused', reason: refused } : { ...one, state: 'queued' }
    }),
  ])
  next()
}

export function pause(key: number): void {
  change(key, { state: 'paused' })
  stops.get(key)?.abort('paused')
  next()
}

export function resume(key: number): void {
  change(key, { state: 'queued' })
  next()
}

/** Takes it out; what has come of it is thrown away. */
export function cancel(key: number): void {
  const one = all.find((each) => each.key === key)
  remove(key)
  const stop = stops.get(key)
  if (stop) return stop.abort('cancelled')
  next()
  // A paused one is not being carried: going on with it once more, only to stop it, has the server forget it.
  if (one?.state === 'paused') {
    const left = new AbortController()
    void uploadFile(one.org, one.file, one.target, { signal: left.signal }).catch(() => {})
    left.abort('cancelled')
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says that somebody looks at this list. Answers how they stop. */
export function watch(org: string, target: UploadTarget): () => void {
  const place = listOf(org, target)
  watched.set(place, (watched.get(place) ?? 0) + 1)
  return () => {
    watched.set(place, (watched.get(place) ?? 1) - 1)
    const left = all.filter((one) => isOpen(one) && listOf(one.org, one.target) === place).length
    if (left) toast(t('files.goesOn', { count: left }))
  }
}

const known = { list: all, byPlace: new Map<string, readonly Going[]>() }

function goingTo(place: string): readonly Going[] {
  if (known.list !== all) {
    known.list = all
    known.byPlace = Map.groupBy(all, (one) => listOf(one.org, one.target))
  }
  return known.byPlace.get(place) ?? none
}

const none: readonly Going[] = []

/** What is on its way to a record. */
export function useGoing(org: string, target: UploadTarget): readonly Going[] {
  const place = listOf(org, target)
  return useSyncExternalStore(subscribe, () => goingTo(place))
}
