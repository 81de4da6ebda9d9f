import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { mayI } from '../keys/may.ts'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { State } from '../parts/State.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { History } from '../record/History.tsx'
import record from '../record/record.module.css'
import { t } from '../say.ts'
import { type Allowed, type KnownResource, mayReadHistory, resourceByPath, useCatalog } from '../wire/catalog.ts'
import { recordQuery } from '../wire/records.ts'
import { explanationQuery } from '../wire/roles.ts'
import { deliveriesQuery, eventsQuery, type Webhook, type WithSecret } from '../wire/webhooks.ts'
import { About } from './About.tsx'
import { Deliveries } from './Deliveries.tsx'
import { Now } from './Now.tsx'
import { SecretBox } from './SecretBox.tsx'
import { standing } from './standing.ts'
import { Test, useTest } from './Test.tsx'

/** Yes, or the sentence that says why not, by what one wants to do. */
export interface May {
  readonly update: Allowed
  readonly rotate: Allowed
  readonly delete: Allowed
}

function useMay(org: string): May {
  const { data: me } = useQuery(explanationQuery(org, 'me'))
  const of = (act: string) => mayI(me, `foundation.webhook.${act}`, 'webhooks.notYours')
  return { update: of('update'), rotate: of('rotate'), delete: of('delete') }
}

interface OneProps {
  resource: KnownResource
  row: Webhook
  onSecret: (made: WithSecret & { readonly secret: string }) => void
}

function One({ resource, row, onSecret }: OneProps) {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const may = useMay(org)
  const test = useTest(row.id)
  const { data: events } = useQuery(eventsQuery(org))
  const { data: all } = useInfiniteQuery(deliveriesQuery(org, row.id))
  const newest = all?.pages[0]
  const { tone, word } = standing(row)
  return (
    <>
      <PageHead
        title={row.name}
        note={<State tone={tone}>{word}</State>}
        trail={<Trail to={links.webhooks(org)} label={resource.plural} />}
      >
        {may.update === true ? (
          <Button variant="default" renderRoot={(props) => <Link {...links.editWebhook(org, row.id)} {...props} />}>
            {t('webhooks.edit')}
          </Button>
        ) : null}
        <ActButton allowed={may.update} loading={test.isBusy} onClick={() => void test.send()}>
          {t('webhooks.test')}
        </ActButton>
      </PageHead>
      <Now row={row} waiting={newest?.waiting ?? 0} newest={newest?.data} allowed={may.update} />
      <Test webhook={row} test={test} />
      <div className={record['columns']}>
        <Deliveries row={row} events={events} allowed={may.update} />
        <div>
          <About row={row} events={events} may={may} onSecret={onSecret} />
          {mayReadHistory(catalog) ? <History resource={resource} id={row.id} /> : null}
        </div>
      </div>
    </>
  )
}

const day = 86_400_000

function Loaded({ resource, id }: { resource: KnownResource; id: string }) {
  const org = useCatalog().org.slug
  const [made, setMade] = useState<WithSecret & { readonly secret: string }>()
  // What failed or arrived changes the webhook's standing without a word in the trail.
  const { data, error, isPending, refetch } = useQuery({
    ...recordQuery(org, resource.path, id),
    refetchInterval: 4000,
  })
  if (isPending) return <Skeleton height={320} mt="2.5rem" aria-busy />
  if (!data) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  if (!made) return <One resource={resource} row={data as Webhook} onSecret={setMade} />
  const until = formatInstant(new Date(Date.parse(made.updated_at) + day).toISOString())
  return <SecretBox row={made} text={t('newWebhook.rotatedText', { until })} onDone={() => setMade(undefined)} />
}

/** One webhook: how it stands, what was sent, and what one can do about it. */
export function WebhookPage() {
  const { id = '' } = useParams({ strict: false })
  const resource = resourceByPath(useCatalog(), 'webhooks')
  return resource?.permissions.read === true ? <Loaded key={id} resource={resource} id={id} /> : <Missing />
}
