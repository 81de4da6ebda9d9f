import { Anchor, Button, Stack, Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import '../account/words.ts'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { reasonOf, Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { sessionQuery } from '../wire/session.ts'
import { confirmEmail } from '../wire/sessions.ts'

const isSpent = (failure: unknown) => failure instanceof Problem && failure.status >= 400 && failure.status < 500

/** Confirms an address with the link from the mail: by a button, since mail scanners open links too. */
export function ConfirmEmailPage() {
  const { token = '' } = useParams({ strict: false })
  const [confirmed, setConfirmed] = useState('')
  const { isBusy, failure, attempt } = useTry()
  const confirm = () =>
    attempt(async () => {
      setConfirmed((await confirmEmail(token)).email)
      client.removeQueries({ queryKey: sessionQuery.queryKey })
    })
  if (confirmed)
    return (
      <Frame title={t('email.confirmed')}>
        <Stack gap="md" mt="md">
          <Text role="status">{t('email.confirmedText', { email: confirmed })}</Text>
          <Button size="md" renderRoot={(props) => <Link {...links.orgs()} {...props} />}>
            {t('email.goOn')}
          </Button>
        </Stack>
      </Frame>
    )
  if (isSpent(failure))
    return (
      <Frame title={t('email.notConfirmed')}>
        <Stack gap="md" mt="md">
          <Text role="alert">{reasonOf(failure)}</Text>
          <Text c="dimmed">{t('email.notConfirmedText')}</Text>
          <Anchor renderRoot={(props) => <Link {...links.account()} {...props} />} ta="center">
            {t('email.toAccount')}
          </Anchor>
        </Stack>
      </Frame>
    )
  return (
    <Frame title={t('email.confirmTitle')}>
      <Stack gap="md" mt="xs">
        <Text c="dimmed">{t('email.confirmText')}</Text>
        <Refused failure={failure} />
        <Button size="md" loading={isBusy} onClick={() => void confirm()} autoFocus>
          {t('email.confirm')}
        </Button>
      </Stack>
    </Frame>
  )
}
