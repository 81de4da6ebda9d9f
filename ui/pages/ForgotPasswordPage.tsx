import { Anchor, Button, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { SignInAddress } from '../parts/SignInAddress.tsx'
import { t } from '../say.ts'
import { Problem } from '../wire/http.ts'
import { askForReset } from '../wire/session.ts'

/** Asks for a mail with a reset link. Says the same whether or not the address is known. */
export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState('')
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = `${new FormData(event.currentTarget).get('email')}`.trim()
    setBusy(true)
    setRefused('')
    try {
      await askForReset(email)
      setSentTo(email)
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
    }
    setBusy(false)
  }
  const back = (
    <Anchor renderRoot={(props) => <Link {...links.login()} {...props} />} ta="center">
      {t('login.back')}
    </Anchor>
  )
  if (sentTo) {
    return (
      <Frame title={t('forgot.sentTitle')}>
        <Stack gap="md" mt="md">
          <Text role="status">{t('forgot.sent', { email: sentTo })}</Text>
          {back}
        </Stack>
      </Frame>
    )
  }
  return (
    <Frame title={t('forgot.title')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md" mt="xs">
          <Text c="dimmed">{t('forgot.text')}</Text>
          <SignInAddress refused={refused} />
          <Button type="submit" size="md" loading={isBusy}>
            {t('forgot.submit')}
          </Button>
          {back}
        </Stack>
      </form>
    </Frame>
  )
}
