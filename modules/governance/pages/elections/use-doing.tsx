import { refresh, toast, toastFailure, useOrg } from '@commonhall/ui'
import { useState } from 'react'

/** Does something of the server's, tells that it is done or why not, and shows what has become of it. */
export function useDoing() {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      if (done) toast(done)
    } catch (failure) {
      toastFailure(failure)
    } finally {
      setBusy(false)
      void refresh(org)
    }
  }
  return { isBusy, run }
}
