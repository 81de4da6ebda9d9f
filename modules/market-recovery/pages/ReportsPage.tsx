import { Empty, links, PageHead, Trail, useCatalog } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import list from './links.module.css'
import { t } from './t.ts'

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
    </>
  )
}
