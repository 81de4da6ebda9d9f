import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { mayI } from '../keys/may.ts'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { toast } from '../parts/toast.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { explanationQuery } from '../wire/roles.ts'
import { createWebhook, type EventType, eventsQuery, type WithSecret } from '../wire/webhooks.ts'
import { Form } from './Form.tsx'
import { SecretBox } from './SecretBox.tsx'
import { useWebhookForm } from './use-webhook-form.ts'

function Create({ events }: { events: readonly EventType[] }) {
  const org = useOrg()
  const navigate = useNavigate()
  const made = useRef<WithSecret>(null)
  const [shown, setShown] = useState<WithSecret & { readonly secret: string }>()
  const form = useWebhookForm(null, async (body) => {
    made.current = await createWebhook(org, body)
  })
  /** Chats do not look at signatures, so for them there is no secret to put away. */
  const leave = async () => {
    const row = made.current
    if (!row) return
    const { secret } = row
    if (secret && row.format === 'standard') return setShown({ ...row, secret })
    toast(t('newWebhook.createdToast', { name: row.name }))
    await navigate(links.webhook(org, row.id))
  }
  if (shown) return <SecretBox row={shown} text={t('newWebhook.madeText')} />
  return (
    <Form form={form} events={events} act={t('newWebhook.create')} back={links.webhooks(org)} onDone={leave}>
      <PageHead title={t('newWebhook.title')} trail={<Trail to={links.webhooks(org)} label={t('webhooks.title')} />} />
    </Form>
  )
}

/** Sets a webhook up: for what, where it goes, what it tells. */
export function NewWebhookPage() {
  const org = useOrg()
  const { data: me, error } = useQuery(explanationQuery(org, 'me'))
  const allowed = me ? mayI(me, 'foundation.webhook.create', 'webhooks.notYours') : true
  const { data: events, error: noEvents } = useQuery({
    ...eventsQuery(org),
    enabled: me !== undefined && allowed === true,
  })
  if (allowed !== true) return <Empty icon="lock" title={t('problem.forbiddenTitle')} text={allowed} isPage />
  if (events) return <Create events={events} />
  const failure = error ?? noEvents
  return failure ? <Trouble failure={failure} isPage /> : <Skeleton height={420} mt="2.5rem" aria-busy />
}
