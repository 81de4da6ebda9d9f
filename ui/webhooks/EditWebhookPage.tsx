import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { mayI } from '../keys/may.ts'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { toast } from '../parts/toast.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { recordQuery } from '../wire/records.ts'
import { explanationQuery } from '../wire/roles.ts'
import { changeWebhook, type EventType, eventsQuery, type Webhook } from '../wire/webhooks.ts'
import { Form } from './Form.tsx'
import { basisOf, useWebhookForm } from './use-webhook-form.ts'

function Edit({ row, events }: { row: Webhook; events: readonly EventType[] }) {
  const org = useOrg()
  const navigate = useNavigate()
  const [first] = useState(row)
  const form = useWebhookForm(first, async (change) => {
    if (Object.keys(change).length) await changeWebhook(org, basisOf(first, row), change)
  })
  const back = links.webhook(org, row.id)
  const leave = async () => {
    toast(t('newWebhook.saved', { name: form.wanted.name.trim() }))
    await navigate(back)
  }
  return (
    <Form form={form} events={events} act={t('newWebhook.save')} back={back} onDone={leave} note={t('newWebhook.anew')}>
      <PageHead title={t('newWebhook.editTitle', { name: row.name })} trail={<Trail to={back} label={row.name} />} />
    </Form>
  )
}

/** Changes a webhook's name, address, format or events. */
export function EditWebhookPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const { data: me } = useQuery(explanationQuery(org, 'me'))
  const { data: row, error } = useQuery(recordQuery(org, 'webhooks', id))
  const { data: events, error: noEvents } = useQuery(eventsQuery(org))
  const allowed = me ? mayI(me, 'foundation.webhook.update', 'webhooks.notYours') : true
  if (allowed !== true) return <Empty icon="lock" title={t('problem.forbiddenTitle')} text={allowed} isPage />
  if (row && events) return <Edit row={row as Webhook} events={events} />
  const failure = error ?? noEvents
  return failure ? <Trouble failure={failure} isPage /> : <Skeleton height={420} mt="2.5rem" aria-busy />
}
