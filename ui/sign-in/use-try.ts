import { useState } from 'react'

/** Something that takes a while and may be refused: whether it is under way, and why it failed the last time. */
export function useTry() {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  /** Answers whether it went well. */
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await act()
      setBusy(false)
      return true
    } catch (reason) {
      setFailure(reason)
      setBusy(false)
      return false
    }
  }
  return { isBusy, failure, attempt, fail: setFailure }
}
