import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { beginTotp, confirmTotp, type TotpSecret } from '../wire/factors.ts'
import classes from './account.module.css'
import { CopyButton } from './CopyButton.tsx'

interface SetupProps {
  onDone: (codes: readonly string[]) => Promise<void>
  onCancel: () => void
  cancel?: string
}

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** The same secret as a picture, as a link for the phone that one holds, and as a key to type. */
function Secret({ secret, uri, qr }: TotpSecret) {
  return (
    <>
      <Text>{t('totp.scan')}</Text>
      <div className={classes['secret']}>
        <img
          className={classes['qr']}
          src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
          alt={t('totp.picture')}
          width={176}
          height={176}
        />
        <div>
          <Text c="dimmed" size="sm">
            {t('totp.key')}
          </Text>
          <code className={classes['key']}>{inFours(secret)}</code>
          <Group gap="xs">
            <CopyButton text={secret} />
          </Group>
          <Anchor href={uri} size="sm" className={classes['onPhone'] ?? ''}>
            {t('totp.onPhone')}
          </Anchor>
        </div>
      </div>
    </>
  )
}

/** Gives an authenticator app its secret, and sees by a first code that it has it. */
export function TotpSetup({ onDone, onCancel, cancel = t('factors.cancel') }: SetupProps) {
  const [secret, setSecret] = useState<TotpSecret>()
  const beginning = useTry()
  const confirming = useTry()
  const field = useRef<HTMLInputElement>(null)
  const hasBegun = useRef(false)
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    void beginning.attempt(async () => setSecret(await beginTotp()))
  }, [beginning])
  useEffect(() => {
    if (secret) field.current?.focus({ preventScroll: true })
  }, [secret])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = `${new FormData(event.currentTarget).get('code')}`.replace(/\s/g, '')
    const isRight = await confirming.attempt(async () => onDone((await confirmTotp(code)).recovery_codes ?? []))
    if (!isRight) field.current?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <Refused failure={beginning.failure} />
        {secret ? <Secret {...secret} /> : null}
        {beginning.isBusy ? <Skeleton height={176} width={176} aria-busy /> : null}
        {secret ? (
          <>
            <Text>{t('totp.confirmText')}</Text>
            <Refused failure={confirming.failure} />
            <TextInput
              ref={field}
              name="code"
              label={t('proof.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              required
              withAsterisk={false}
              maw="12rem"
            />
          </>
        ) : null}
        <Group gap="xs">
          {secret ? (
            <Button type="submit" loading={confirming.isBusy}>
              {t('totp.confirm')}
            </Button>
          ) : null}
          <Button variant="default" onClick={onCancel}>
            {cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
