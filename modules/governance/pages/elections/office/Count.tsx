import { Button, Skeleton } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { ActDialog, call, formatCount, Icon, links, refresh, type Row, toast, Trouble, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import classes from '../elections.module.css'
import { countingQuery } from '../queries.tsx'
import { t } from '../t.ts'
import own from './office.module.css'
import { Ties } from './Ties.tsx'

const counters = [
  'eligible',
  'issued',
  'cast',
  'paper_given',
  'paper_counted',
  'void',
  'spoiled',
  'challenged',
  'challenged_accepted',
  'challenged_rejected',
] as const

const Counters = ({ counts }: { counts: Readonly<Record<string, number>> }) => (
  <dl className={own['numbers']}>
    {counters.map((name) =>
      counts[name] === undefined ? null : (
        <div key={name}>
          <dt>{t(`office.count.counter.${name}`)}</dt>
          <dd>{formatCount(counts[name])}</dd>
        </div>
      ),
    )}
  </dl>
)

/** Counting though papers have not come back: with a reason, which stays in the record. */
function Anyway({ election, onClose }: { election: Row; onClose: () => void }) {
  const org = useOrg()
  const reason = field.longText({
    required: true,
    min: 3,
    max: 500,
    label: t('office.roll.reason'),
    help: t('office.count.anywayText'),
  })
  return (
    <ActDialog
      act={{ name: 'count', label: t('office.count.anywayTitle'), from: [], to: '', asks: { reason } }}
      module="governance"
      onClose={onClose}
      onAct={async (asked) => {
        await call('POST', `/orgs/${org}/elections/${election.id}/count`, { body: asked })
        toast(t('office.count.asked'))
        void refresh(org)
      }}
    />
  )
}

/** How far the count is: papers that are missing, ties to decide, and the way to the result. */
export function Count({ election }: { election: Row }) {
  const org = useOrg()
  const isCounting = ['counting', 'contested'].includes(String(election['state']))
  const { data, error, refetch } = useQuery({
    ...countingQuery(org, election.id),
    // The count itself runs beside the house, and nothing tells when it is done but the election, which it changes.
    ...(isCounting && !election['seal'] ? { refetchInterval: 5000 } : {}),
  })
  const [isAsking, setAsking] = useState(false)
  const go = (path: string, label: string, isMain = false) => (
    <Button
      variant={isMain ? 'filled' : 'default'}
      renderRoot={(props) => <Link {...links.page(org, `elections/${election.id}/${path}`)} {...props} />}
    >
      {label}
    </Button>
  )
  if (error) return <Trouble failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={160} />
  return (
    <>
      {data.ties.length ? <Ties election={election} ties={data.ties} /> : null}
      <section className={classes['section']} aria-labelledby="count">
        <h2 id="count">{t('office.count.title')}</h2>
        <p className={data.counted ? classes['done'] : classes['quiet']} role="status">
          {data.counted ? <Icon name="check" size={16} /> : null}{' '}
          {t(data.counted ? 'office.count.counted' : 'office.count.notYet')}
        </p>
        <div className={classes['acts']} style={{ marginBottom: '1.1rem' }}>
          {data.counted ? go('results', t('office.count.results')) : null}
          {isCounting && !data.counted ? go('paper', t('office.count.paper')) : null}
          {data.can_count_without ? (
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('office.count.anyway')}
            </Button>
          ) : null}
        </div>
        <Counters counts={data.counters} />
      </section>
      {isAsking ? <Anyway election={election} onClose={() => setAsking(false)} /> : null}
    </>
  )
}
