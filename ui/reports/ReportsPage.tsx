import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import classes from './reports.module.css'

/** Every report that one may read, module by module, each in a sentence. */
export function ReportsPage() {
  const catalog = useCatalog()
  const { org, modules, reports } = catalog
  const groups = modules
    .map(({ name, label }) => ({ label, found: reports.filter((report) => report.name.startsWith(`${name}.`)) }))
    .filter(({ found }) => found.length)
  if (!groups.length) return <Empty icon="chart" title={t('reports.none')} text={t('reports.noneText')} isPage />
  return (
    <div className={classes['page']}>
      <PageHead title={t('reports.title')}>
        {resourceByPath(catalog, 'report-schedules') ? (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...links.list(org.slug, 'report-schedules')} {...props} />}
          >
            {t('reports.schedules')}
          </Button>
        ) : null}
      </PageHead>
      {groups.map(({ label, found }) => (
        <section key={label} className={classes['index']} aria-label={label}>
          <h2>{label}</h2>
          <ul>
            {found.map(({ name, title, purpose }) => (
              <li key={name}>
                <Link {...links.report(org.slug, name)}>{title}</Link>
                <p>{purpose}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
