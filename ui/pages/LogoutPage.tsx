import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { flash } from '../preferences.ts'
import { t } from '../say.ts'
import '../sign-in/words.ts'
import { client } from '../wire/client.ts'
import { signOut } from '../wire/session.ts'

/** Signs out as soon as it is opened. */
export function LogoutPage() {
  const navigate = useNavigate()
  const { mutate: leave, isError } = useMutation({
    mutationFn: signOut,
    onSuccess() {
      client.clear()
      flash.leave({ tone: 'good', text: t('login.signedOut') })
      void navigate({ ...links.login(), replace: true })
    },
  })
  useEffect(() => leave(), [leave])
  return (
    <Frame title={t(isError ? 'login.notSignedOut' : 'login.signingOut')}>
      {isError ? <Button onClick={() => leave()}>{t('problem.retry')}</Button> : null}
    </Frame>
  )
}
