import { type Row, useCatalog, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import classes from '../proposals.module.css'
import roll from '../roll.module.css'
import { isOffice, lateQuery } from '../queries.tsx'
import { t } from '../t.ts'

/** What would be otherwise if the vote opened now: told to the office, and never applied. */
export function LateChanges({ row }: { row: Row }) {
  const mayRead = isOffice(useCatalog()) && row['state'] === 'voting' && row['way'] === 'roll-call'
  const { data } = useQuery({ ...lateQuery(useOrg(), row.id), enabled: mayRead })
  if (!data?.changes.length || !mayRead) return null
  return (
    <section className={classes['section']} aria-labelledby="late">
      <h2 id="late">
        {t('roll.late')} <span data-quiet>{data.changes.length}</span>
      </h2>
      <p className={classes['quiet']}>{t('roll.lateText')}</p>
      <ul className={roll['plain']}>
        {data.changes.map(({ name, change, why }) => (
          <li key={`${name} ${change}`}>
            <b>{name}</b> <span data-quiet>{t(`roll.change.${change}`)}</span>
            {why ? <small>{why}</small> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
