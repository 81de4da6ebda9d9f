import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { flash } from '../preferences.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { signOut } from '../wire/session.ts'

/** Signs out as soon as it is opened. */
export function LogoutPage() {
  const navigate = useNavigate()
  const [failed, setFailed] = useState(false)
  const leave = async () => {
    setFailed(false)
    try {
      await signOut()
    } catch {
      return setFailed(true)
    }
    client.clear()
    flash.leave({ tone: 'good', text: t('login.signedOut') })
    await navigate({ ...links.login(), replace: true })
  }
  useEffect(() => void leave(), [])
  return (
    <Frame title={t(failed ? 'login.notSignedOut' : 'login.signingOut')}>
      {failed ? <Button onClick={() => void leave()}>{t('problem.retry')}</Button> : null}
    </Frame>
  )
}
