import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { formatCount, formatInstant } from '../fields/format.ts'
import { links } from '../links.ts'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { History } from '../record/History.tsx'
import record from '../record/record.module.css'
import { t } from '../say.ts'
import { type KnownResource, mayReadHistory, resourceByPath, useCatalog } from '../wire/catalog.ts'
import type { Key } from '../wire/keys.ts'
import { recordQuery } from '../wire/records.ts'
import { type Explanation, explanationQuery } from '../wire/roles.ts'
import classes from './keys.module.css'
import { lastDayOf } from './lasting.ts'
import { LastUse } from './LastUse.tsx'
import { mayI } from './may.ts'
import { Revoke } from './Revoke.tsx'
import { heldBy, spokenScopes } from './scopes.ts'
import { Standing } from './Standing.tsx'

interface MayProps {
  row: Key
  me: Explanation
  /** What the owner may now, if one may know. */
  owner: Explanation | undefined
}

/** Everything that the key may do, and what its owner has lost since. */
function May({ row, me, owner }: MayProps) {
  const { things, unknown } = spokenScopes(me.modules, row.scopes)
  const held = owner && heldBy(owner.modules)
  const name = row.owner_name
  return (
    <section className={classes['may']} aria-labelledby="may">
      <h2 id="may">{t('apiKeys.mayTitle')}</h2>
      <p data-quiet>{t('apiKeys.mayText', { name })}</p>
      <dl>
        {things.map((thing) => (
          <div key={thing.name}>
            <dt>{thing.label}</dt>
            {thing.permissions.map(({ permission, label }) => {
              const isLost = held && !held.has(permission)
              return (
                <dd key={permission} data-lost={isLost || undefined}>
                  <Icon name={isLost ? 'minus' : 'check'} size={14} />
                  <span>
                    {label}
                    {isLost ? <span data-quiet>, {t('apiKeys.notNow', { name })}</span> : null}
                  </span>
                </dd>
              )
            })}
          </div>
        ))}
      </dl>
      {unknown.length ? <p data-quiet>{t('apiKeys.offModule', { list: unknown.join(', ') })}</p> : null}
    </section>
  )
}

function About({ row }: { row: Key }) {
  const { org } = useCatalog()
  const facts = [
    [t('apiKeys.begins'), <code key="begins">{row.prefix}…</code>],
    [
      t('apiKeys.actsAs'),
      <Link key="owner" {...links.person(org.slug, row.owner)}>
        {row.owner_name}
      </Link>,
    ],
    [t('apiKeys.lastUsed'), <LastUse key="used" row={row} />],
    [t('apiKeys.until'), row.expires_at ? lastDayOf(row.expires_at) : t('apiKeys.noEnd')],
    [t('apiKeys.perMinute'), formatCount(row.per_minute)],
    [
      t('apiKeys.madeBy'),
      row.made_by_name
        ? t('apiKeys.madeByWhom', { when: formatInstant(row.created_at), name: row.made_by_name })
        : formatInstant(row.created_at),
    ],
  ] as const
  return (
    <section className={classes['about']} aria-label={t('apiKeys.about')}>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function One({ resource, id }: { resource: KnownResource; id: string }) {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { data, error, isPending, refetch } = useQuery(recordQuery(org, resource.path, id))
  const row = data as Key | undefined
  const { data: me } = useQuery(explanationQuery(org, 'me'))
  const { data: owner } = useQuery({
    ...explanationQuery(org, row?.owner ?? ''),
    enabled: row !== undefined && mayI(me, 'foundation.grant.read') === true,
  })
  if (isPending) return <Skeleton height={320} mt="2.5rem" aria-busy />
  if (!row) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  return (
    <>
      <PageHead
        title={row.name}
        note={<Standing row={row} />}
        trail={<Trail to={links.keys(org)} label={resource.plural} />}
      >
        {row.state === 'active' ? <Revoke row={row} size="sm" allowed={mayI(me, 'foundation.api_key.delete')} /> : null}
      </PageHead>
      <div className={record['columns']}>
        {me ? <May row={row} me={me} owner={owner} /> : <Skeleton height={200} aria-busy />}
        <div>
          <About row={row} />
          {mayReadHistory(catalog) ? <History resource={resource} id={id} /> : null}
        </div>
      </div>
    </>
  )
}

/** One key: all that it may do, and how it is used. */
export function KeyPage() {
  const { id = '' } = useParams({ strict: false })
  const resource = resourceByPath(useCatalog(), 'api-keys')
  return resource ? <One key={id} resource={resource} id={id} /> : <Missing />
}
