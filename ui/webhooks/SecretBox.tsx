import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { CopyButton } from '../account/CopyButton.tsx'
import '../account/words.ts'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import type { Webhook } from '../wire/webhooks.ts'
import { Verify } from './Verify.tsx'
import classes from './secret.module.css'

interface SecretBoxProps {
  row: Webhook & { readonly secret: string }
  text: string
  /** Where the page of the webhook is under this one already. */
  onDone?: () => void
}

/** The secret, this one time, and how the receiver uses it. */
export function SecretBox({ row, text, onDone }: SecretBoxProps) {
  const org = useOrg()
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    head.current?.focus({ preventScroll: true })
    for (const one of [window, document.getElementById('main')]) one?.scrollTo(0, 0)
  }, [])
  return (
    <div className={classes['made']}>
      <PageHead
        title={t('newWebhook.madeTitle', { name: row.name })}
        trail={<Trail to={links.webhooks(org)} label={t('webhooks.title')} />}
      />
      <section className={classes['box']} aria-labelledby="copy-it">
        <h2 id="copy-it" ref={head} tabIndex={-1}>
          <Icon name="key" /> {t('newWebhook.madeHead')}
        </h2>
        <p>{text}</p>
        <div className={classes['secret']}>
          <code>{row.secret}</code>
          <CopyButton text={row.secret} />
        </div>
        {onDone ? (
          <Button onClick={onDone}>{t('newWebhook.done')}</Button>
        ) : (
          <Button renderRoot={(props) => <Link {...links.webhook(org, row.id)} {...props} />}>
            {t('newWebhook.done')}
          </Button>
        )}
      </section>
      <Verify />
    </div>
  )
}
