import { Anchor, Button, PasswordInput, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { Refused } from '../sign-in/Refused.tsx'
import { type HalfWay, SecondStep } from '../sign-in/SecondStep.tsx'
import classes from '../sign-in/sign-in.module.css'
import { SignInAddress } from '../sign-in/SignInAddress.tsx'
import { useAutofill } from '../sign-in/use-autofill.ts'
import { useEntry } from '../sign-in/use-entry.ts'
import { useTry } from '../sign-in/use-try.ts'
import '../sign-in/words.ts'
import { signInByPasskey } from '../wire/factors.ts'
import { Problem } from '../wire/http.ts'
import { askForPasskey, knowsPasskeys } from '../wire/passkey.ts'
import { signIn } from '../wire/session.ts'

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

/** Guessing shuts the password's door for a while, not the passkey's. */
function StillIn({ failure }: { failure: unknown }) {
  const isShut = failure instanceof Problem && ['locked', 'too_many'].includes(failure.code)
  return isShut && knowsPasskeys() ? ` ${t('login.stillIn')}` : null
}

/** Trades an e-mail address and a password, or a passkey alone, for a session. */
function useSignIn() {
  const enter = useEntry()
  const password = useRef<HTMLInputElement>(null)
  const [halfWay, setHalfWay] = useState<HalfWay>()
  const byPassword = useTry()
  const byPasskey = useTry()
  const [isLast, setLast] = useState<'password' | 'passkey'>('password')
  useAutofill({
    onSession: enter,
    onFailure(failure) {
      setLast('passkey')
      byPasskey.fail(failure)
    },
    isAsking: byPasskey.isBusy || !!halfWay,
  })
  const tryPassword = async (email: string, word: string) => {
    try {
      await enter(await signIn(email, word))
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.code !== 'second_factor') throw failure
      setHalfWay(failure.members as unknown as HalfWay)
    }
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setLast('password')
    const isRight = await byPassword.attempt(() =>
      tryPassword(`${given.get('email')}`.trim(), `${given.get('password')}`),
    )
    if (!isRight) password.current?.select()
  }
  const show = () => {
    setLast('passkey')
    void byPasskey.attempt(async () => enter(await signInByPasskey(await askForPasskey())))
  }
  const back = (failure?: unknown) => {
    byPassword.fail(failure)
    setHalfWay(undefined)
  }
  const { failure } = isLast === 'password' ? byPassword : byPasskey
  return { failure, byPassword, byPasskey, password, submit, show, halfWay, back, enter }
}

/** Signs in and goes back to where one was. */
export function LoginPage() {
  useFetchAhead()
  const { failure, byPassword, byPasskey, password, submit, show, halfWay, back, enter } = useSignIn()
  if (halfWay)
    return (
      <Frame key="second" title={t('second.title')}>
        <SecondStep halfWay={halfWay} onSession={enter} onBack={back} />
      </Frame>
    )
  return (
    <Frame key="first" title={t('login.title')} foot={t('login.foot')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md" mt="md">
          <Refused failure={failure}>
            <StillIn failure={failure} />
          </Refused>
          <SignInAddress mayBePasskey />
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
          <Button type="submit" size="md" loading={byPassword.isBusy} fullWidth>
            {t('login.submit')}
          </Button>
          {knowsPasskeys() ? (
            <>
              <div className={classes['or']}>{t('login.or')}</div>
              <Button
                variant="default"
                size="md"
                fullWidth
                loading={byPasskey.isBusy}
                leftSection={<Icon name="key" />}
                onClick={show}
              >
                {t('login.passkey')}
              </Button>
            </>
          ) : null}
          <Anchor renderRoot={(props) => <Link {...links.forgotPassword()} {...props} />} ta="center">
            {t('login.forgot')}
          </Anchor>
        </Stack>
      </form>
    </Frame>
  )
}
