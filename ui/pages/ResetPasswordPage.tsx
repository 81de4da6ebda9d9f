import { Alert, Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { flash } from '../preferences.ts'
import { t } from '../say.ts'
import '../sign-in/words.ts'
import { Problem } from '../wire/http.ts'
import { confirmReset } from '../wire/session.ts'

/** Chooses a new password with the link from the mail. */
export function ResetPasswordPage() {
  const { token = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const [wrong, setWrong] = useState('')
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setWrong('')
    setRefused('')
    setBusy(true)
    try {
      await confirmReset(token, `${given.get('password')}`)
      flash.leave({ tone: 'good', text: t('reset.done') })
      await navigate({ ...links.login(), replace: true })
    } catch (failure) {
      const problem = failure instanceof Problem ? failure : undefined
      const beside = problem?.errors.filter(({ path }) => path === 'password').map(({ message }) => message) ?? []
      setWrong(beside.join(' '))
      setRefused(beside.length ? '' : (problem?.message ?? t('problem.page')))
      setBusy(false)
    }
  }
  return (
    <Frame title={t('reset.title')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md" mt="xs">
          <Text c="dimmed">{t('reset.rules')}</Text>
          {refused ? (
            <Alert color="red" role="alert">
              {refused}{' '}
              <Anchor
                renderRoot={(props) => <Link {...links.forgotPassword()} {...props} />}
                underline="always"
                inherit
              >
                {t('reset.again')}
              </Anchor>
            </Alert>
          ) : null}
          <PasswordInput
            name="password"
            label={t('reset.password')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            size="md"
            error={wrong || undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
          />
          <Button type="submit" size="md" loading={isBusy}>
            {t('reset.submit')}
          </Button>
        </Stack>
      </form>
    </Frame>
  )
}
