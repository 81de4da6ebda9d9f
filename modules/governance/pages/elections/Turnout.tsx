import { formatCount, type Row, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import classes from './elections.module.css'
import { watchQuery } from './queries.tsx'
import { t } from './t.ts'

const counted = ['voting', 'counting', 'certified', 'contested']

/** In whole percent, rounded down: 100 means everybody. */
const share = (part: number, whole: number) => (whole ? Math.floor((part * 100) / whole) : 0)

/** How many have voted, kept up to date while voting is open. */
export function Turnout({ row }: { row: Row }) {
  const isOpen = row['state'] === 'voting'
  const { data } = useQuery({
    ...watchQuery(useOrg(), row.id, isOpen),
    enabled: counted.includes(String(row['state'])),
  })
  if (!data?.eligible) return null
  const { taken, eligible } = data
  const percent = share(taken, eligible)
  const said = t('elections.turnout.of', { taken: formatCount(taken), eligible: formatCount(eligible) })
  return (
    <section className={classes['section']} aria-labelledby="turnout">
      <h2 id="turnout">{t('elections.turnout.title')}</h2>
      <p className={classes['figure']}>
        <b>{t('elections.turnout.percent', { percent })}</b> <span>{said}</span>
      </p>
      <div className={classes['bar']} aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </div>
      {isOpen ? (
        <p className={classes['quiet']} style={{ marginTop: '0.5rem' }}>
          {t('elections.turnout.secret')}
        </p>
      ) : null}
    </section>
  )
}
