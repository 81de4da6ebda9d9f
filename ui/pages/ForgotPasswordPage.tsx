import { Anchor, Button, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { t } from '../say.ts'
import { Refused } from '../sign-in/Refused.tsx'
import { SignInAddress } from '../sign-in/SignInAddress.tsx'
import { useTry } from '../sign-in/use-try.ts'
import '../sign-in/words.ts'
import { askForReset } from '../wire/session.ts'

/** Asks for a mail with a reset link. Says the same whether or not the address is known. */
export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState('')
  const { isBusy, failure, attempt } = useTry()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = `${new FormData(event.currentTarget).get('email')}`.trim()
    if (await attempt(() => askForReset(email))) setSentTo(email)
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
          <Refused failure={failure} />
          <SignInAddress />
          <Button type="submit" size="md" loading={isBusy}>
            {t('forgot.submit')}
          </Button>
          {back}
        </Stack>
      </form>
    </Frame>
  )
}
