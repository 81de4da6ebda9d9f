import { useEffect, useState } from 'react'

/**
 * Gives the focus back to what had it before a dialog opened. Mantine's dialogs do so themselves when they are told to
 * close; one that is taken off the screen with its page's state never hears of it.
 */
export function useFocusBack() {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [before],
  )
}
