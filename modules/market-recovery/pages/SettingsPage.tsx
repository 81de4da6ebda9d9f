import { Button } from '@mantine/core'
import {
  formatDate,
  formatValue,
  links,
  listQuery,
  PageHead,
  resourceByPath,
  Trail,
  useCatalog,
  useToday,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { rate } from './amounts.ts'
import shared from './pages.module.css'
import { t } from './t.ts'
import { usePolicy } from './use-policy.tsx'

function Scales({ org }: { org: string }) {
  const { data } = useInfiniteQuery(listQuery(org, 'scales', { sort: 'classification,-from_on' }, 100))
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const today = useToday()
  const now = rows.filter(
    ({ from_on: from, until_on: until }) => String(from) <= today && (!until || String(until) >= today),
  )
  return (
    <section className={shared['section']} aria-labelledby="scales">
      <header>
        <h2 id="scales">{resourceByPath(useCatalog(), 'scales')?.plural}</h2>
        <Link {...links.list(org, 'scales')}>{t('settings.all', { count: data?.pages[0]?.total ?? 0 })}</Link>
      </header>
      <p className={shared['quiet']}>{t('settings.scales')}</p>
      {now.length ? (
        <table className={shared['table']} style={{ maxWidth: '34rem' }}>
          <caption className="mantine-visually-hidden">{t('settings.now')}</caption>
          <tbody>
            {now.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link {...links.record(org, 'scales', row.id)}>{String(row['classification'])}</Link>
                </th>
                <td>{formatDate(String(row['from_on']))}</td>
                <td data-align="end">{rate(String(row['rate']))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className={shared['quiet']}>{data ? t('settings.noScale') : ''}</p>
      )}
    </section>
  )
}

function Policy({ org }: { org: string }) {
  const { policy, isKnown } = usePolicy()
  const resource = resourceByPath(useCatalog(), 'market-recovery-settings')
  const path = 'market-recovery-settings'
  const shown = (name: string) => formatValue(resource?.fields[name], policy?.[name], undefined, resource?.module)
  return (
    <section className={shared['section']} aria-labelledby="policy">
      <h2 id="policy">{resource?.plural}</h2>
      <p className={shared['quiet']}>{policy || !isKnown ? t('settings.policy') : t('settings.usual')}</p>
      {policy ? (
        <p>
          {t('settings.step')}: {shown('hour_step')}
          <br />
          {t('settings.warnAt')}: {shown('warn_at')}
        </p>
      ) : null}
      {isKnown && resource?.permissions.create === true ? (
        <Button
          mt="sm"
          variant="default"
          renderRoot={(props) => (
            <Link {...(policy ? links.edit(org, path, policy.id) : links.create(org, path))} {...props} />
          )}
        >
          {policy ? t('settings.change') : t('settings.set')}
        </Button>
      ) : null}
    </section>
  )
}

/** What hours are reckoned by, in one place. */
export default function SettingsPage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  return (
    <>
      <PageHead
        title={t('settings.title')}
        trail={<Trail to={links.page(org, 'market-recovery')} label={t('title')} />}
      />
      <Scales org={org} />
      <section className={shared['section']} aria-labelledby="award-rates">
        <header>
          <h2 id="award-rates">{resourceByPath(catalog, 'award-rates')?.plural}</h2>
          <Link {...links.list(org, 'award-rates')}>{t('settings.list')}</Link>
        </header>
        <p className={shared['quiet']}>{t('settings.awardRates')}</p>
      </section>
      <Policy org={org} />
    </>
  )
}
