import { useEffect, useRef } from 'react'
import { signInByPasskey } from '../wire/factors.ts'
import { askForPasskey, offersPasskeys, stopAsking } from '../wire/passkey.ts'
import type { Session } from '../wire/session.ts'

/** Lets the browser offer passkeys under the address field. Where it cannot, nothing happens and nothing is said. */
export function useAutofill(onSession: (session: Session) => Promise<void>, onFailure: (failure: unknown) => void) {
  const acts = useRef({ onSession, onFailure })
  acts.current = { onSession, onFailure }
  useEffect(() => {
    let isHere = true
    const offer = async () => {
      if (!(await offersPasskeys()) || !isHere) return
      const given = await askForPasskey(true).catch(() => undefined)
      if (!given || !isHere) return
      try {
        await acts.current.onSession(await signInByPasskey(given))
      } catch (failure) {
        acts.current.onFailure(failure)
      }
    }
    offer().catch(() => {})
    return () => {
      isHere = false
      stopAsking().catch(() => {})
    }
  }, [])
}
