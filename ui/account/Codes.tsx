import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { type Factors, factorsQuery, hasSecondStep, makeRecoveryCodes } from '../wire/factors.ts'
import classes from './account.module.css'
import { CodesBox } from './CodesBox.tsx'
import { Confirm } from './Confirm.tsx'

interface CodesProps {
  factors: Factors
  /** Those that were just made. */
  fresh: readonly string[]
  onCodes: (codes: readonly string[]) => void
}

/** How many recovery codes are left, and the way to new ones. */
export function Codes({ factors, fresh, onCodes }: CodesProps) {
  const [isAsking, setAsking] = useState(false)
  const { recovery_codes: codes } = factors
  if (!hasSecondStep(factors)) return null
  const make = async () => {
    const { recovery_codes: made } = await makeRecoveryCodes()
    await client.invalidateQueries({ queryKey: factorsQuery.queryKey })
    onCodes(made)
  }
  return (
    <>
      <h3>{t('codes.title')}</h3>
      <Text c="dimmed" size="sm">
        {t('codes.text')}
      </Text>
      {fresh.length ? (
        <CodesBox codes={fresh} done={t('codes.kept')} onDone={() => onCodes([])} />
      ) : (
        <>
          <div className={classes['left']}>
            <State tone={(codes?.left ?? 0) > 3 ? 'good' : 'warn'}>
              {t('codes.left', { count: codes?.left ?? 0 })}
            </State>
            {codes ? (
              <Text c="dimmed" size="sm" component="span">
                {t('codes.made', { date: formatInstant(codes.made_at) })}
              </Text>
            ) : null}
          </div>
          <Button variant="default" leftSection={<Icon name="retry" size={16} />} onClick={() => setAsking(true)}>
            {t('codes.new')}
          </Button>
        </>
      )}
      {isAsking ? (
        <Confirm
          title={t('codes.newTitle')}
          text={t('codes.newText')}
          act={t('codes.new')}
          onClose={() => setAsking(false)}
          onAct={make}
        />
      ) : null}
    </>
  )
}
