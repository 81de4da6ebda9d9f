import { Button, Group, Stack, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { addPasskey } from '../wire/factors.ts'
import { makePasskey } from '../wire/passkey.ts'
import { deviceName } from './device-name.ts'

interface SetupProps {
  /** Recovery codes come with the first factor. */
  onDone: (name: string, codes: readonly string[]) => Promise<void>
  onCancel: () => void
  cancel?: string
}

/** Makes a passkey and gives it a name. */
export function PasskeySetup({ onDone, onCancel, cancel = t('factors.cancel') }: SetupProps) {
  const { isBusy, failure, attempt } = useTry()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = `${new FormData(event.currentTarget).get('passkey-name')}`.trim() || deviceName()
    await attempt(async () => {
      const { recovery_codes: codes = [] } = await addPasskey(await makePasskey(), name)
      await onDone(name, codes)
    })
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <Refused failure={failure} />
        <TextInput
          name="passkey-name"
          label={t('passkeys.name')}
          description={t('passkeys.nameHelp')}
          defaultValue={deviceName()}
          maxLength={80}
          autoComplete="off"
          autoFocus
        />
        <Group gap="xs">
          <Button type="submit" loading={isBusy}>
            {t('passkeys.create')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
