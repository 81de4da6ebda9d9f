import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../say.ts'
import type { Shown, Way } from '../wire/factors.ts'
import { askForPasskey, knowsPasskeys } from '../wire/passkey.ts'
import { Refused } from './Refused.tsx'
import { useTry } from './use-try.ts'
import './words.ts'

const switches = {
  passkey: 'proof.withPasskey',
  totp: 'proof.withTotp',
  'recovery-code': 'proof.withRecovery',
  password: 'proof.withPassword',
} as const

/** The one thing to fill in for a way; a passkey has none. */
function Field({ way }: { way: Way }) {
  if (way === 'passkey') return <Text c="dimmed">{t('proof.passkeyHelp')}</Text>
  const look = { name: 'given', required: true, withAsterisk: false, size: 'md', 'data-autofocus': true } as const
  if (way === 'password')
    return (
      <PasswordInput
        {...look}
        label={t('login.password')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
      />
    )
  const isRecovery = way === 'recovery-code'
  return (
    <TextInput
      {...look}
      key={way}
      label={t(isRecovery ? 'proof.recovery' : 'proof.code')}
      description={t(isRecovery ? 'proof.recoveryHelp' : 'proof.codeHelp')}
      autoComplete={isRecovery ? 'off' : 'one-time-code'}
      inputMode={isRecovery ? 'text' : 'numeric'}
      maxLength={40}
      autoCapitalize="none"
      spellCheck={false}
      styles={{ input: { fontVariantNumeric: 'tabular-nums', letterSpacing: '0.08em' } }}
    />
  )
}

async function shownBy(way: Way, given: string): Promise<Shown> {
  if (way === 'passkey') return { method: way, ...(await askForPasskey()) }
  if (way === 'password') return { method: way, password: given }
  return { method: way, code: given.replace(/\s/g, '') }
}

interface ProofFormProps {
  /** What there is, the likeliest first. */
  ways: readonly Way[]
  /** Throws what is to be said when it was not accepted. */
  onShown: (shown: Shown) => Promise<void>
  children?: ReactNode
}

/** Shows who one is, by one of several ways: one field or none, one button, and the other ways as links. */
export function ProofForm({ ways, onShown, children }: ProofFormProps) {
  const open = ways.filter((way) => way !== 'passkey' || knowsPasskeys())
  const [chosen, choose] = useState<Way>()
  const way = chosen ?? open[0] ?? 'password'
  const { isBusy, failure, attempt } = useTry()
  const form = useRef<HTMLFormElement>(null)
  const focus = () => form.current?.querySelector<HTMLElement>('input, [type=submit]')?.focus()
  useEffect(focus, [way])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = `${new FormData(event.currentTarget).get('given') ?? ''}`.trim()
    if (await attempt(async () => onShown(await shownBy(way, given)))) return
    focus()
    form.current?.querySelector('input')?.select()
  }
  return (
    <form ref={form} onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Refused failure={failure} />
        <Field way={way} />
        <Button type="submit" size="md" loading={isBusy} fullWidth data-autofocus={way === 'passkey' || undefined}>
          {t(way === 'passkey' ? 'proof.withPasskey' : 'proof.submit')}
        </Button>
        {open
          .filter((other) => other !== way)
          .map((other) => (
            <Anchor key={other} component="button" type="button" ta="center" onClick={() => choose(other)}>
              {t(switches[other])}
            </Anchor>
          ))}
        {children}
      </Stack>
    </form>
  )
}
