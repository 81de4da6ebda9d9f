import { Anchor, Button, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { CodesBox } from '../account/CodesBox.tsx'
import { PasskeySetup } from '../account/PasskeySetup.tsx'
import { TotpSetup } from '../account/TotpSetup.tsx'
import '../account/words.ts'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { Icon } from '../parts/Icon.tsx'
import { ProofForm } from '../sign-in/ProofForm.tsx'
import { Refused } from '../sign-in/Refused.tsx'
import { inside } from '../sign-in/use-entry.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { factorsQuery, hasSecondStep, prove } from '../wire/factors.ts'
import { knowsPasskeys } from '../wire/passkey.ts'
import { sessionQuery } from '../wire/session.ts'

type Choice = 'passkey' | 'totp'

/** The org that one was on the way to, and the way there. */
function useWayOn() {
  const { next } = useSearch({ strict: false }) as { next?: string }
  const { orgs } = useSuspenseQuery(sessionQuery).data
  const router = useRouter()
  const to = inside(next)
  const org = orgs.find(({ slug }) => to.split('/')[2] === slug)?.name
  const goOn = async () => {
    client.removeQueries({ queryKey: ['org'] })
    await router.navigate({ href: to, replace: true })
  }
  return { org, goOn }
}

function Choices({ onChoose }: { onChoose: (choice: Choice) => void }) {
  const choices: readonly [Choice, string, string, string][] = [
    ['passkey', 'key', t('passkeys.add'), t('setUp.passkeyText')],
    ['totp', 'phone', t('setUp.app'), t('setUp.totpText')],
  ]
  return choices
    .filter(([choice]) => choice !== 'passkey' || knowsPasskeys())
    .map(([choice, icon, label, text], index) => (
      <div key={choice}>
        <Button
          variant={index ? 'default' : 'filled'}
          size="md"
          fullWidth
          leftSection={<Icon name={icon} />}
          onClick={() => onChoose(choice)}
        >
          {label}
        </Button>
        <Text c="dimmed" size="sm" mt={4} ta="center">
          {text}
        </Text>
      </div>
    ))
}

const Later = () => (
  <Anchor renderRoot={(props) => <Link {...links.logout()} {...props} />} ta="center">
    {t('setUp.later')}
  </Anchor>
)

/** Sets up a first second factor: the choice, the factor, its recovery codes. */
function SetUp({ why, org, onGoOn }: { why: string; org: string | undefined; onGoOn: () => Promise<void> }) {
  const [choice, choose] = useState<Choice>()
  const [codes, setCodes] = useState<readonly string[]>()
  const on = org ? t('setUp.goOnTo', { org }) : t('setUp.goOn')
  const done = async (given: readonly string[]) => (given.length ? setCodes(given) : await onGoOn())
  const back = { onCancel: () => choose(undefined), cancel: t('setUp.other') }
  if (codes)
    return (
      <Frame title={t('setUp.readyTitle')}>
        <Text c="dimmed" mt="xs" mb="md">
          {t('setUp.ready')}
        </Text>
        <CodesBox codes={codes} heading="h2" done={on} onDone={() => void onGoOn()} />
      </Frame>
    )
  const shown: ReactNode =
    choice === 'passkey' ? (
      <PasskeySetup {...back} onDone={(_name, given) => done(given)} />
    ) : choice === 'totp' ? (
      <TotpSetup {...back} onDone={done} />
    ) : (
      <>
        <Text c="dimmed">{why}</Text>
        <Choices onChoose={choose} />
        <Later />
      </>
    )
  const title = { passkey: t('passkeys.add'), totp: t('totp.title'), none: t('setUp.title') }[choice ?? 'none']
  return (
    <Frame title={title}>
      <Stack gap="md" mt="xs">
        {shown}
      </Stack>
    </Frame>
  )
}

/** Before an org that asks for a second step: sets one up, or uses the one there is, and goes on to the org. */
export function SecondStepPage() {
  const { org, goOn } = useWayOn()
  // What is being set up stays on the screen until its recovery codes are kept.
  const { data, error } = useQuery({ ...factorsQuery, staleTime: Infinity, refetchOnWindowFocus: false })
  const why = org ? t('setUp.text', { org }) : t('setUp.textPlain')
  if (data && !hasSecondStep(data)) return <SetUp why={why} org={org} onGoOn={goOn} />
  return (
    <Frame title={t('setUp.title')}>
      <Stack gap="md" mt="xs">
        <Text c="dimmed">{data ? t('setUp.prove') : why}</Text>
        <Refused failure={error} />
        {data ? (
          <ProofForm
            ways={data.prove_with.filter((way) => way !== 'password')}
            onShown={async (shown) => {
              await prove(shown)
              await goOn()
            }}
          />
        ) : null}
        {!data && !error ? <Skeleton height={120} aria-busy /> : null}
        <Later />
      </Stack>
    </Frame>
  )
}
