import { Empty, links, PageHead, resourceByPath, Trail, useCatalog } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import list from './links.module.css'
import shared from './pages.module.css'
import { t } from './t.ts'

/** Lists that stand behind reports. */
const proofs = ['offers', 'remittances'] as const

/** What reports are held against, each list with what is in it. */
function Proofs() {
  const catalog = useCatalog()
  const lists = proofs.flatMap((path) => resourceByPath(catalog, path) ?? [])
  const seen = lists.filter(({ permissions }) => permissions.read === true)
  if (!seen.length) return null
  return (
    <section className={shared['section']} style={{ maxWidth: '44rem' }} aria-labelledby="proofs">
      <h2 id="proofs">{t('reports.proof')}</h2>
      <ul className={list['links']}>
        {seen.map(({ path, plural }) => (
          <li key={path}>
            <Link {...links.list(catalog.org.slug, path)}>{plural}</Link>
            <p>{t(`reports.${path as (typeof proofs)[number]}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The reports of market recovery, each with what one learns from it. */
export default function ReportsPage() {
  const { org, reports } = useCatalog()
  const own = reports.filter(({ name }) => name.startsWith('market-recovery.'))
  return (
    <>
      <PageHead
        title={t('reports.title')}
        trail={<Trail to={links.page(org.slug, 'market-recovery')} label={t('title')} />}
      />
      {own.length ? (
        <ul className={list['links']}>
          {own.map(({ name, title, ...report }) => (
            <li key={name}>
              <Link {...links.report(org.slug, name)}>{title}</Link>
              <p>{(report as { purpose?: string }).purpose}</p>
            </li>
          ))}
        </ul>
      ) : (
        <Empty icon="chart" title={t('reports.none')} text={t('reports.text')} />
      )}
      <Proofs />
    </>
  )
}
