import { Anchor, Button, PasswordInput, Stack } from '@mantine/core'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { SignInAddress } from '../parts/SignInAddress.tsx'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { sessionQuery, signIn } from '../wire/session.ts'

/** Only an address of this app: an outside one in `next` would make our sign-in page somebody's lure. */
const inside = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/')

/** While the password is being typed there is time to fetch what comes after it. */
function useFetchAhead() {
  useEffect(() => {
    const soon = setTimeout(() => {
      // What cannot be had now is asked for again when it is wanted, and told of then.
      for (const page of [import('../shell/Shell.tsx'), import('./HomePage.tsx'), import('./ListPage.tsx')])
        page.catch(() => {})
    }, 300)
    return () => clearTimeout(soon)
  }, [])
}

/** Trades an e-mail address and a password for a session. */
function useSignIn() {
  const { next } = useSearch({ strict: false }) as { next?: string }
  const router = useRouter()
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const password = useRef<HTMLInputElement>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setBusy(true)
    setRefused('')
    try {
      const session = await signIn(`${given.get('email')}`.trim(), `${given.get('password')}`)
      client.clear()
      client.setQueryData(sessionQuery.queryKey, session)
      router.history.push(inside(next))
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setBusy(false)
      password.current?.select()
    }
  }
  return { refused, isBusy, password, submit }
}

/** Signs in and goes back to where one was. */
export function LoginPage() {
  useFetchAhead()
  const { refused, isBusy, password, submit } = useSignIn()
  return (
    <Frame title={t('login.title')} foot={t('login.foot')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md" mt="md">
          <SignInAddress refused={refused} />
          <PasswordInput
            ref={password}
            name="password"
            label={t('login.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('login.show'), tabIndex: 0 }}
          />
          <Button type="submit" size="md" loading={isBusy} fullWidth>
            {t('login.submit')}
          </Button>
          <Anchor renderRoot={(props) => <Link {...links.forgotPassword()} {...props} />} ta="center">
            {t('login.forgot')}
          </Anchor>
        </Stack>
      </form>
    </Frame>
  )
}
