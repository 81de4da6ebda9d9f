import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { CopyButton } from '../account/CopyButton.tsx'
import classes from '../account/secret.module.css'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { t } from '../say.ts'
import { samples } from './samples.ts'

const languages = Object.keys(samples) as (keyof typeof samples)[]

/** What the receiver does with the secret, ready to be copied. */
export function Verify() {
  const [language, setLanguage] = useState<keyof typeof samples>('Node')
  const code = samples[language]
  return (
    <section className={classes['try']} aria-labelledby="verify">
      <h2 id="verify">{t('newWebhook.verify')}</h2>
      <p>{t('newWebhook.verifyText')}</p>
      <div className={classes['choice']}>
        <SegmentedControl
          size="xs"
          aria-label={t('newWebhook.language')}
          value={language}
          data={languages}
          onChange={(next) => setLanguage(next)}
        />
        <CopyButton text={code} />
      </div>
      <ScrollRegion className={classes['command']} label={t('newWebhook.code', { language })}>
        <pre>{code}</pre>
      </ScrollRegion>
      <p>{t('newWebhook.n8nText')}</p>
    </section>
  )
}
