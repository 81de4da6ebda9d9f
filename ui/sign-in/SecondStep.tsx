import { Anchor, Text } from '@mantine/core'
import { t } from '../say.ts'
import { finishSignIn, type Shown, signInByPasskey, type Way } from '../wire/factors.ts'
import { Problem } from '../wire/http.ts'
import type { Session } from '../wire/session.ts'
import { ProofForm } from './ProofForm.tsx'

/** What the right password of somebody with a second factor brings. */
export interface HalfWay {
  readonly ticket: string
  readonly methods: readonly Way[]
}

const order: readonly Way[] = ['totp', 'passkey', 'recovery-code']

interface SecondStepProps {
  halfWay: HalfWay
  onSession: (session: Session) => Promise<void>
  /** To the password once more, with the reason if there is one. */
  onBack: (failure?: unknown) => void
}

/** After the password: a code, a passkey, or a recovery code. */
export function SecondStep({ halfWay, onSession, onBack }: SecondStepProps) {
  const show = async (shown: Shown) => {
    if (shown.method === 'password') return
    const { method } = shown
    try {
      const given = method === 'passkey' ? signInByPasskey(shown) : finishSignIn(halfWay.ticket, method, shown.code)
      await onSession(await given)
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.code !== 'ticket_spent') throw failure
      onBack(failure)
    }
  }
  return (
    <>
      <Text c="dimmed" mb="md">
        {t('second.text')}
      </Text>
      <ProofForm ways={order.filter((way) => halfWay.methods.includes(way))} onShown={show}>
        <Anchor component="button" type="button" ta="center" c="dimmed" onClick={() => onBack()}>
          {t('second.back')}
        </Anchor>
      </ProofForm>
    </>
  )
}
