import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { State } from '../parts/State.tsx'
import { Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { sessionQuery } from '../wire/session.ts'
import { changeEmail, verifyEmail } from '../wire/sessions.ts'
import classes from './account.module.css'
import { Section } from './Section.tsx'

interface ChangeProps {
  onSent: (email: string) => void
  onCancel: () => void
}

function Change({ onSent, onCancel }: ChangeProps) {
  const { isBusy, failure, attempt } = useTry()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = `${new FormData(event.currentTarget).get('new-email')}`.trim()
    if (await attempt(() => changeEmail(email))) onSent(email)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <Refused failure={failure} />
        <TextInput
          name="new-email"
          type="email"
          label={t('email.new')}
          description={t('email.changeText')}
          autoComplete="email"
          required
          withAsterisk={false}
          autoFocus
        />
        <Group gap="xs">
          <Button type="submit" loading={isBusy}>
            {t('email.submit')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('factors.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Unverified({ onSent }: { onSent: () => void }) {
  const { isBusy, failure, attempt } = useTry()
  const send = async () => {
    if (await attempt(verifyEmail)) onSent()
  }
  return (
    <>
      <Refused failure={failure} />
      <Text size="sm">{t('email.verifyText')}</Text>
      <Button variant="default" loading={isBusy} onClick={() => void send()}>
        {t('email.verify')}
      </Button>
    </>
  )
}

/** Who one is here, and the address that one signs in with: whether it is confirmed, and the way to another. */
export function Profile() {
  const { user } = useSuspenseQuery(sessionQuery).data
  const [said, setSaid] = useState('')
  const [isChanging, setChanging] = useState(false)
  const sent = (email: string) => {
    setSaid(t('email.changeSent', { email, old: user.email }))
    setChanging(false)
  }
  return (
    <Section title={t('account.you')}>
      <Text fw={600}>{user.name}</Text>
      <div className={classes['address']}>
        <Text>{user.email}</Text>
        <State tone={user.email_verified ? 'good' : 'warn'}>
          {t(user.email_verified ? 'email.verified' : 'email.unverified')}
        </State>
      </div>
      <div role="status">{said}</div>
      {user.email_verified || said || isChanging ? null : (
        <Unverified onSent={() => setSaid(t('email.verifySent', { email: user.email }))} />
      )}
      {isChanging ? (
        <Change onSent={sent} onCancel={() => setChanging(false)} />
      ) : (
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('email.change')}
        </Button>
      )}
    </Section>
  )
}
