import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatInstant } from '../fields/format.ts'
import { mayI } from '../keys/may.ts'
import { LoadMore } from '../list/LoadMore.tsx'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Ago } from '../parts/Ago.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { State } from '../parts/State.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type Allowed, type KnownResource, resourceByPath, useCatalog, useOrg } from '../wire/catalog.ts'
import { listQuery } from '../wire/records.ts'
import { explanationQuery } from '../wire/roles.ts'
import { type EventType, eventsQuery, lastDeliveryQuery, type Webhook } from '../wire/webhooks.ts'
import { deliveryStanding, eventLabel, hostOf, standing } from './standing.ts'
import classes from './webhooks.module.css'

const most = 4

function inShort(events: readonly EventType[] | undefined, { events: types }: Webhook): string {
  if (!events) return ''
  const list = types.slice(0, most).map((type) => eventLabel(events, type))
  const count = types.length - list.length
  return count ? t('webhooks.more', { list: list.join(', '), count }) : list.join(', ')
}

function LastDelivery({ row }: { row: Webhook }) {
  const { data } = useQuery(lastDeliveryQuery(useOrg(), row.id))
  const [last] = data?.data ?? []
  if (!data) return null
  if (!last) return <span data-quiet>{t('webhooks.noDelivery')}</span>
  const { tone, word } = deliveryStanding(last)
  return (
    <>
      <State tone={tone}>{word}</State>{' '}
      <span data-quiet>
        <Ago at={last.created_at} />
      </span>
    </>
  )
}

/** Why a webhook does not do its work. */
function Because({ row: { state, reason, failing_since: since } }: { row: Webhook }) {
  if (state !== 'active') return reason ? <p data-quiet>{reason}</p> : null
  return since ? <p data-quiet>{t('webhooks.since', { since: formatInstant(since) })}</p> : null
}

function Line({ row, events }: { row: Webhook; events: readonly EventType[] | undefined }) {
  const { org } = useCatalog()
  const { tone, word } = standing(row)
  return (
    <li data-state={row.state}>
      <div className={classes['lineHead']}>
        <Icon name="send" />
        <div className={classes['name']}>
          <Link {...links.webhook(org.slug, row.id)}>{row.name}</Link>
          <span data-quiet>{t(`webhooks.format.${row.format}`)}</span>
        </div>
        <State tone={tone}>{word}</State>
      </div>
      <Because row={row} />
      <dl>
        <div>
          <dt>{t('webhooks.goesTo')}</dt>
          <dd>{hostOf(row.url)}</dd>
        </div>
        <div>
          <dt>{t('webhooks.tells')}</dt>
          <dd>{inShort(events, row)}</dd>
        </div>
        <div>
          <dt>{t('webhooks.lastDelivery')}</dt>
          <dd>
            <LastDelivery row={row} />
          </dd>
        </div>
      </dl>
    </li>
  )
}

/** The way to a new webhook, or why it is closed. */
function New({ allowed }: { allowed: Allowed }) {
  const org = useOrg()
  const icon = <Icon name="plus" size={16} />
  if (allowed !== true)
    return (
      <ActButton allowed={allowed} leftSection={icon}>
        {t('webhooks.new')}
      </ActButton>
    )
  return (
    <Button leftSection={icon} renderRoot={(props) => <Link {...links.newWebhook(org)} {...props} />}>
      {t('webhooks.new')}
    </Button>
  )
}

function Webhooks({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const { data: me } = useQuery(explanationQuery(org, 'me'))
  const { data: events } = useQuery(eventsQuery(org))
  const answer = useInfiniteQuery(listQuery(org, 'webhooks', { sort: 'name' }))
  const rows = answer.data?.pages.flatMap(({ data }) => data as readonly Webhook[])
  const total = answer.data?.pages[0]?.total ?? 0
  const create = me ? <New allowed={mayI(me, 'foundation.webhook.create', 'webhooks.notYours')} /> : null
  return (
    <>
      <PageHead title={t('webhooks.title')} note={rows?.length ? t('webhooks.count', { count: total }) : undefined}>
        {rows?.length ? create : null}
      </PageHead>
      {rows?.length ? (
        <ul className={classes['list']} aria-label={t('webhooks.title')}>
          {rows.map((row) => (
            <Line key={row.id} row={row} events={events} />
          ))}
        </ul>
      ) : rows ? (
        <Empty icon="send" title={t('webhooks.emptyTitle')} text={t('webhooks.emptyText')}>
          {create}
        </Empty>
      ) : answer.isPending ? (
        <Skeleton height={220} aria-busy />
      ) : (
        <Trouble failure={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {rows && answer.hasNextPage ? (
        <LoadMore answer={answer} shown={rows.length} total={total} plural={resource.plural} />
      ) : null}
    </>
  )
}

/** The programs that are told what happens, and whether it reaches them. */
export function WebhooksPage() {
  const resource = resourceByPath(useCatalog(), 'webhooks')
  return resource?.permissions.read === true ? <Webhooks resource={resource} /> : <Missing />
}
