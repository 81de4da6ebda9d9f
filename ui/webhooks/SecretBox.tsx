import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { SecretOnce } from '../account/SecretOnce.tsx'
import { links } from '../links.ts'
import { Trail } from '../parts/Trail.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import type { Webhook } from '../wire/webhooks.ts'
import { Verify } from './Verify.tsx'

interface SecretBoxProps {
  row: Webhook & { readonly secret: string }
  text: string
  /** Where the page of the webhook is under this one already. */
  onDone?: () => void
}

/** The secret, this one time, and how the receiver uses it. */
export function SecretBox({ row, text, onDone }: SecretBoxProps) {
  const org = useOrg()
  const done = onDone ? (
    <Button onClick={onDone}>{t('newWebhook.done')}</Button>
  ) : (
    <Button renderRoot={(props) => <Link {...links.webhook(org, row.id)} {...props} />}>{t('newWebhook.done')}</Button>
  )
  return (
    <SecretOnce
      title={t('newWebhook.madeTitle', { name: row.name })}
      trail={<Trail to={links.webhooks(org)} label={t('webhooks.title')} />}
      head={t('newWebhook.madeHead')}
      text={text}
      secret={row.secret}
      done={done}
    >
      <Verify />
    </SecretOnce>
  )
}
