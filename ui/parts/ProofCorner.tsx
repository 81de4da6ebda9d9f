import { type ComponentType, useEffect, useState } from 'react'
import { onProofNeeded } from '../wire/http.ts'

interface Asking {
  readonly Dialog: ComponentType<{ onAnswer: (isProven: boolean) => void }>
  readonly onAnswer: (isProven: boolean) => void
}

/** The one dialog that asks "Is it you?", whichever call needs it. Many that need it at once share the answer. */
export function ProofCorner() {
  const [asking, setAsking] = useState<Asking>()
  useEffect(() => {
    let shared: Promise<boolean> | undefined
    const askOnce = async () => {
      const { ProofDialog: Dialog } = await import('../sign-in/ProofDialog.tsx')
      return await new Promise<boolean>((onAnswer) => setAsking({ Dialog, onAnswer }))
    }
    onProofNeeded(() => {
      shared ??= askOnce()
        .catch(() => false)
        .finally(() => {
          shared = undefined
          setAsking(undefined)
        })
      return shared
    })
  }, [])
  return asking ? <asking.Dialog onAnswer={asking.onAnswer} /> : null
}
