import { Anchor, Button, PasswordInput, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import '../account/words.ts'
import { formatInstant } from '../fields/format.ts'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { flash } from '../preferences.ts'
import { reasonOf, Refused } from '../sign-in/Refused.tsx'
import { useEntry } from '../sign-in/use-entry.ts'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { acceptAsNew, acceptInvitation, type Invitation, invitationQuery } from '../wire/invitations.ts'

interface AcceptProps {
  token: string
  invitation: Invitation
}

const besideField = (failure: unknown, field: string) =>
  failure instanceof Problem
    ? failure.errors
        .filter(({ path }) => path === field)
        .map(({ message }) => message)
        .join(' ') || undefined
    : undefined

/** Somebody who is new here: a name and a password, and they are in. */
function AsNew({ token, invitation: { org, email, name } }: AcceptProps) {
  const enter = useEntry()
  const { isBusy, failure, attempt } = useTry()
  const [given, setGiven] = useState(name ?? '')
  const wrong = { name: besideField(failure, 'name'), password: besideField(failure, 'password') }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const password = `${new FormData(form).get('password')}`
    const isIn = await attempt(async () =>
      enter(await acceptAsNew(token, given.trim(), password), links.home(org.slug).to.replace('$org', org.slug)),
    )
    if (!isIn) form.querySelector<HTMLInputElement>('[name=password]')?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {wrong.name || wrong.password ? null : <Refused failure={failure} />}
        <TextInput label={t('invitation.email')} value={email} readOnly size="md" autoComplete="username" />
        <TextInput
          name="name"
          label={t('invitation.name')}
          description={t('invitation.nameHelp', { org: org.name })}
          value={given}
          onChange={(event) => setGiven(event.currentTarget.value)}
          error={wrong.name}
          autoComplete="name"
          maxLength={200}
          required
          withAsterisk={false}
          size="md"
        />
        <PasswordInput
          name="password"
          label={t('invitation.password')}
          description={t('reset.rules')}
          error={wrong.password}
          autoComplete="new-password"
          required
          withAsterisk={false}
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
        />
        <Button type="submit" size="md" loading={isBusy}>
          {t('invitation.accept', { org: org.name })}
        </Button>
      </Stack>
    </form>
  )
}

/** Somebody who has an account: signed in with it, one press is enough. */
function AsKnown({ token, invitation: { org, email } }: AcceptProps) {
  const navigate = useNavigate()
  const here = useLocation({ select: ({ pathname }) => pathname })
  const { isBusy, failure, attempt } = useTry()
  const accept = () =>
    attempt(async () => {
      try {
        await acceptInvitation(token)
      } catch (reason) {
        if (!(reason instanceof Problem) || reason.code !== 'sign_in_first') throw reason
        flash.leave({ tone: 'warn', text: t('invitation.signInFirst', { email, org: org.name }) })
        return await navigate(links.login(here))
      }
      client.clear()
      return await navigate(links.home(org.slug))
    })
  return (
    <Stack gap="md">
      <Text>{t('invitation.hasAccount', { email, org: org.name })}</Text>
      <Refused failure={failure} />
      <Button size="md" loading={isBusy} onClick={() => void accept()}>
        {t('invitation.accept', { org: org.name })}
      </Button>
    </Stack>
  )
}

/** The link of an invitation: who invites to what, and the shortest way in. */
export function InvitationPage() {
  const { token = '' } = useParams({ strict: false })
  const { data, error } = useQuery(invitationQuery(token))
  if (error)
    return (
      <Frame title={t('invitation.spentTitle')}>
        <Stack gap="md" mt="md">
          <Text role="alert">{reasonOf(error)}</Text>
          <Text c="dimmed">{t('invitation.spentText')}</Text>
          <Anchor renderRoot={(props) => <Link {...links.login()} {...props} />} ta="center">
            {t('login.title')}
          </Anchor>
        </Stack>
      </Frame>
    )
  if (!data)
    return (
      <Frame title={t('shell.loading')}>
        <Skeleton height={220} mt="md" aria-busy />
      </Frame>
    )
  const { org, invited_by: by, expires_at: until } = data
  const Accept = data.has_account ? AsKnown : AsNew
  return (
    <Frame
      title={t('invitation.title', { org: org.name })}
      foot={t('invitation.until', { date: formatInstant(until) })}
    >
      <Text c="dimmed" mt="xs" mb="md">
        {by ? t('invitation.text', { by, org: org.name }) : t('invitation.textPlain', { org: org.name })}
      </Text>
      <Accept token={token} invitation={data} />
    </Frame>
  )
}
