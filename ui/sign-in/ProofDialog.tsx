import { Anchor, Modal, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { factorsQuery, prove, type Shown, type Way } from '../wire/factors.ts'
import { Problem } from '../wire/http.ts'
import { ProofForm } from './ProofForm.tsx'
import { Refused } from './Refused.tsx'
import './words.ts'

const order: readonly Way[] = ['passkey', 'totp', 'password', 'recovery-code']

const hasEnded = (failure: unknown) => failure instanceof Problem && failure.code === 'not_signed_in'

/** Asks for a factor once more, before something that must be certain. */
export function ProofDialog({ onAnswer }: { onAnswer: (isProven: boolean) => void }) {
  useFocusBack()
  const { data, error } = useQuery({ ...factorsQuery, staleTime: 0 })
  const cancel = () => onAnswer(false)
  const isSignedOut = hasEnded(error)
  // Whoever goes back from what it was needed for, or is no longer signed in, has given their answer.
  useEffect(() => {
    if (isSignedOut) onAnswer(false)
    const leave = () => onAnswer(false)
    window.addEventListener('popstate', leave)
    return () => window.removeEventListener('popstate', leave)
  }, [isSignedOut, onAnswer])
  const show = async (shown: Shown) => {
    try {
      await prove(shown)
    } catch (failure) {
      if (!hasEnded(failure)) throw failure
      return cancel()
    }
    onAnswer(true)
  }
  return (
    <Modal
      opened
      onClose={cancel}
      title={t('proof.title')}
      zIndex={400}
      // It may stand over another dialog, which must not take the Escape that is meant for this one.
      closeOnEscape={false}
      onFocusCapture={(event) => event.target.setAttribute('data-mantine-stop-propagation', 'true')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') cancel()
      }}
    >
      <Text c="dimmed" mb="md">
        {t('proof.text')}
      </Text>
      <Refused failure={error} />
      {data ? (
        <ProofForm ways={order.filter((way) => data.prove_with.includes(way))} onShown={show}>
          <Anchor component="button" type="button" ta="center" c="dimmed" onClick={cancel}>
            {t('proof.cancel')}
          </Anchor>
        </ProofForm>
      ) : null}
      {!data && !error ? <Skeleton height={120} aria-busy /> : null}
    </Modal>
  )
}
