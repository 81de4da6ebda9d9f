import { Button, Group } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Confirm } from '../account/Confirm.tsx'
import '../account/words.ts'
import { formatInstant } from '../fields/format.ts'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { deleteWebhook, type EventType, rotateSecret, type Webhook, type WithSecret } from '../wire/webhooks.ts'
import { eventLabel } from './standing.ts'
import type { May } from './WebhookPage.tsx'
import classes from './webhooks.module.css'

interface AboutProps {
  row: Webhook
  events: readonly EventType[] | undefined
  may: May
  onSecret: (made: WithSecret & { readonly secret: string }) => void
}

/** What is asked twice: the secret anew, which chats do not look at, and the end of it. */
function Acts({ row, may, onSecret }: Omit<AboutProps, 'events'>) {
  const org = useOrg()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'rotate' | 'delete'>()
  const { name } = row
  const close = () => setAsked(undefined)
  const rotate = async () => {
    const made = await rotateSecret(org, row.id)
    const { secret } = made
    await client.invalidateQueries({ queryKey: ['org', org, 'changes'] })
    if (secret) setTimeout(() => onSecret({ ...made, secret }))
  }
  const remove = async () => {
    await deleteWebhook(org, row.id)
    toast(t('webhooks.deletedToast', { name }))
    await navigate(links.webhooks(org))
    client.removeQueries({ queryKey: ['org', org, 'record', 'webhooks', row.id] })
    await client.invalidateQueries({ queryKey: ['org', org, 'list'] })
  }
  return (
    <Group gap="xs">
      {row.format === 'standard' ? (
        <ActButton variant="default" size="compact-sm" allowed={may.rotate} onClick={() => setAsked('rotate')}>
          {t('webhooks.rotate')}
        </ActButton>
      ) : null}
      <ActButton variant="default" size="compact-sm" allowed={may.delete} onClick={() => setAsked('delete')}>
        {t('webhooks.delete')}
      </ActButton>
      {asked === 'rotate' ? (
        <Confirm
          title={t('webhooks.rotateTitle', { name })}
          text={t('webhooks.rotateText')}
          act={t('webhooks.rotate')}
          onAct={rotate}
          onClose={close}
        />
      ) : null}
      {asked === 'delete' ? (
        <Confirm
          title={t('webhooks.deleteTitle', { name })}
          text={t('webhooks.deleteText')}
          act={t('webhooks.delete')}
          isDanger
          onAct={remove}
          onClose={close}
        />
      ) : null}
    </Group>
  )
}

const few = 8

/** By name; the rest on demand. */
function Events({ row, events }: Pick<AboutProps, 'row' | 'events'>) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? row.events : row.events.slice(0, few)
  const count = row.events.length - shown.length
  return (
    <>
      <ul>
        {shown.map((type) => (
          <li key={type}>{eventLabel(events, type)}</li>
        ))}
      </ul>
      {count ? (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setWhole(true)}>
          {t('webhooks.moreEvents', { count })}
        </Button>
      ) : null}
    </>
  )
}

/** What the webhook is, beside what it does. */
export function About({ row, events, may, onSecret }: AboutProps) {
  const name = row.titles?.['owner'] ?? ''
  const facts = [
    [t('webhooks.address'), <span key="url">{row.url}</span>],
    [t('webhooks.formatLabel'), t(`webhooks.format.${row.format}`)],
    [t('webhooks.events'), <Events key="events" row={row} events={events} />],
    [t('webhooks.owner'), t('webhooks.ownerText', { name })],
    [t('webhooks.made'), formatInstant(row.created_at)],
  ] as const
  return (
    <section className={classes['about']} aria-label={t('webhooks.about')}>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Acts row={row} may={may} onSecret={onSecret} />
    </section>
  )
}
