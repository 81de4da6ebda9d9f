import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { type Factors, factorsQuery, removeTotp } from '../wire/factors.ts'
import classes from './account.module.css'
import { Confirm } from './Confirm.tsx'
import { TotpSetup } from './TotpSetup.tsx'

const refresh = () => client.invalidateQueries({ queryKey: factorsQuery.queryKey })

interface TotpProps {
  factors: Factors
  onCodes: (codes: readonly string[]) => void
}

/** The authenticator app, if there is one. */
export function Totp({ factors: { totp, passkeys }, onCodes }: TotpProps) {
  const [isAdding, setAdding] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const done = async (codes: readonly string[]) => {
    await refresh()
    toast(t('totp.done'))
    setAdding(false)
    if (codes.length) onCodes(codes)
  }
  const remove = async () => {
    await removeTotp()
    await refresh()
    toast(t('totp.removed'))
  }
  return (
    <>
      <h3>{t('totp.title')}</h3>
      <Text c="dimmed" size="sm">
        {t('totp.text')}
      </Text>
      {totp ? (
        <ul className={classes['lines']}>
          <li>
            <Icon name="check" />
            <div className={classes['what']}>
              <strong>{t('totp.title')}</strong>
              <span>{t('totp.on', { date: formatInstant(totp.confirmed_at) })}</span>
            </div>
            <Button variant="subtle" color="red" size="compact-sm" onClick={() => setLeaving(true)}>
              {t('factors.remove')}
            </Button>
          </li>
        </ul>
      ) : null}
      {!totp && isAdding ? <TotpSetup onDone={done} onCancel={() => setAdding(false)} /> : null}
      {!totp && !isAdding ? (
        <Button variant="default" leftSection={<Icon name="plus" size={16} />} onClick={() => setAdding(true)}>
          {t('totp.start')}
        </Button>
      ) : null}
      {isLeaving ? (
        <Confirm
          title={t('totp.removeTitle')}
          text={t('totp.removeText')}
          act={t('factors.remove')}
          isDanger
          onClose={() => setLeaving(false)}
          onAct={remove}
        >
          {passkeys.length ? null : <Text fw={600}>{t('factors.removeLast')}</Text>}
        </Confirm>
      ) : null}
    </>
  )
}
