import { lazy, Suspense, useSyncExternalStore } from 'react'
import { t } from '../say.ts'
import { Problem } from '../wire/http.ts'
import type { Message } from './Toaster.tsx'

let isNeeded = false
const listeners = new Set<() => void>()

const Toaster = lazy(() => import('./Toaster.tsx'))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The corner where messages show up; its code is fetched when the first one is there to show. */
export function ToastCorner() {
  const isWanted = useSyncExternalStore(subscribe, () => isNeeded)
  return <Suspense>{isWanted ? <Toaster /> : null}</Suspense>
}

async function show(message: Message) {
  isNeeded = true
  for (const listener of listeners) listener()
  const toaster = await import('./Toaster.tsx')
  toaster.show(message)
}

/** Says what was done. `undo` takes it back. */
export const toast = (text: string, { undo }: { undo?: () => void } = {}) => void show({ text, undo })

/** Says what could not be done, in the server's words. Whoever has just chosen not to prove who they are knows it. */
export function toastFailure(failure: unknown) {
  const problem = failure instanceof Problem ? failure : undefined
  if (problem?.code !== 'proof_needed') void show({ text: problem?.message ?? t('problem.page'), isFailure: true })
}
