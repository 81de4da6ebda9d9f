import { Anchor, Button, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { links } from '../links.ts'
import '../notifications/words.ts'
import { Frame } from '../parts/Frame.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import {
  subscribeAgain,
  type Unsubscription,
  unsubscribe,
  unsubscribeFromAll,
  unsubscriptionQuery,
} from '../wire/notifications.ts'

const isNone = (failure: unknown) => failure instanceof Problem && [404, 422].includes(failure.status)

const NoLink = () => (
  <Frame title={t('unsubscribe.invalidTitle')}>
    <Stack gap="md" mt="md">
      <Text role="alert">{t('unsubscribe.invalidText')}</Text>
      <Anchor renderRoot={(props) => <Link {...links.orgs()} {...props} />} ta="center">
        {t('unsubscribe.signIn')}
      </Anchor>
    </Stack>
  </Frame>
)

const Still = ({ about: { still } }: { about: Unsubscription }) =>
  still.length ? (
    <Text size="sm" c="dimmed">
      {t('unsubscribe.still', { list: still.join(', ') })}
    </Text>
  ) : null

interface AboutProps {
  about: Unsubscription
  token: string
}

/** One button, and after it the way back: mail scanners follow links, so opening the page changes nothing. */
function About({ about, token }: AboutProps) {
  const { isBusy, failure, attempt } = useTry()
  const [isBack, setBack] = useState(false)
  const change = (act: typeof unsubscribe) =>
    attempt(async () => {
      client.setQueryData(unsubscriptionQuery(token).queryKey, await act(token))
      setBack(act === subscribeAgain)
    })
  const { unsubscribed: isOff } = about
  const title = isOff ? 'unsubscribe.doneTitle' : isBack ? 'unsubscribe.backTitle' : 'unsubscribe.title'
  const text = about.all
    ? 'unsubscribe.allOff'
    : isOff
      ? 'unsubscribe.done'
      : isBack
        ? 'unsubscribe.back'
        : 'unsubscribe.text'
  return (
    <Frame title={t(title)} foot={t('unsubscribe.inbox', { ...about })}>
      <Stack gap="md" mt="md">
        <Text role="status">{t(text, { ...about })}</Text>
        <Refused failure={failure} />
        {isOff ? <Still about={about} /> : null}
        <Button
          size="md"
          variant={isOff ? 'default' : 'filled'}
          loading={isBusy}
          onClick={() => void change(isOff ? subscribeAgain : unsubscribe)}
        >
          {t(isOff ? 'unsubscribe.undo' : 'unsubscribe.stop')}
        </Button>
        {about.all ? null : (
          <Anchor component="button" type="button" disabled={isBusy} onClick={() => void change(unsubscribeFromAll)}>
            {t('unsubscribe.stopAll', { ...about })}
          </Anchor>
        )}
      </Stack>
    </Frame>
  )
}

/** Where the link at the foot of an e-mail leads: ends such e-mail, for people with and without a sign-in. */
export function UnsubscribePage() {
  const { token = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(unsubscriptionQuery(token))
  if (data) return <About about={data} token={token} />
  if (isNone(error)) return <NoLink />
  return (
    <Frame title={t('unsubscribe.title')}>
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : <Skeleton height={96} mt="md" aria-busy />}
    </Frame>
  )
}
