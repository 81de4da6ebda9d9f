import { Problem, refresh, toast, toastFailure, useOrg } from '@commonhall/ui'
import { useState } from 'react'

/** What the server says against it: of the field that it is about first. */
export const saidBy = (failure: unknown): string | undefined =>
  failure instanceof Problem ? (failure.errors[0]?.message ?? failure.message) : undefined

/**
 * Does something of the server's, and shows what has become of it. A refusal is told where `onRefused` says, else in a
 * toast. Answers whether it was done.
 */
export function useDoing(onRefused?: (reason: string) => void) {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setBusy(true)
    try {
      await work()
      if (done) toast(done)
      return true
    } catch (failure) {
      const reason = saidBy(failure)
      if (reason !== undefined && onRefused) onRefused(reason)
      else toastFailure(failure)
      return false
    } finally {
      setBusy(false)
      void refresh(org)
    }
  }
  return { isBusy, run }
}
