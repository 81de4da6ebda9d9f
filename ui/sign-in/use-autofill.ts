import { useEffect, useRef } from 'react'
import { signInByPasskey } from '../wire/factors.ts'
import { askForPasskey, offersPasskeys, stopAsking } from '../wire/passkey.ts'
import type { Session } from '../wire/session.ts'

/** The server's challenge lasts five minutes; a page may stand open much longer. */
const freshFor = 4 * 60_000

interface Autofill {
  readonly onSession: (session: Session) => Promise<void>
  readonly onFailure: (failure: unknown) => void
  /** The person is being asked for a passkey by the button: that one is not to be taken from them. */
  readonly isAsking: boolean
}

/** Lets the browser offer passkeys under the address field. Where it cannot, nothing happens and nothing is said. */
export function useAutofill(autofill: Autofill) {
  const now = useRef(autofill)
  now.current = autofill
  useEffect(() => {
    let isHere = true
    const offer = async () => {
      if (now.current.isAsking || !(await offersPasskeys()) || !isHere) return
      const given = await askForPasskey(true).catch(() => undefined)
      if (!given || !isHere) return
      try {
        await now.current.onSession(await signInByPasskey(given))
      } catch (failure) {
        now.current.onFailure(failure)
      }
    }
    const offerQuietly = () => void offer().catch(() => {})
    offerQuietly()
    const again = setInterval(offerQuietly, freshFor)
    return () => {
      isHere = false
      clearInterval(again)
      stopAsking().catch(() => {})
    }
  }, [])
}
