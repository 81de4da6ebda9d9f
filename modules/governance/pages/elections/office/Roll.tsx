import { Button, Skeleton } from '@mantine/core'
import { call, Empty, type Row, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../elections.module.css'
import { lateQuery, watchQuery } from '../queries.tsx'
import { RollList } from '../roll/RollList.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import type { RollLine } from '../wire.ts'
import { NoticeDialog } from './NoticeDialog.tsx'

interface Drawn {
  readonly eligible: number
  readonly not_eligible: number
}

/** Draws the roll up, or anew, until voting opens. */
function Draw({ election, isFirst }: { election: Row; isFirst: boolean }) {
  const org = useOrg()
  const { run, isBusy } = useDoing()
  const [drawn, setDrawn] = useState<Drawn>()
  const draw = () =>
    run(async () => {
      setDrawn(await call<Drawn>('POST', `/orgs/${org}/elections/${election.id}/draw-roll`, { body: {} }))
    }, '')
  return (
    <>
      {drawn ? <span role="status">{t('office.roll.drawn', { ...drawn })}</span> : null}
      <Button variant={isFirst ? 'filled' : 'default'} loading={isBusy} onClick={() => void draw()}>
        {t(isFirst ? 'office.roll.draw' : 'office.roll.drawAgain')}
      </Button>
    </>
  )
}

/** Who may vote, with what can be done about each. */
export function Roll({ election }: { election: Row }) {
  const [notifying, setNotifying] = useState<RollLine>()
  const state = String(election['state'])
  const { data } = useQuery(watchQuery(useOrg(), election.id, false))
  const isThere = !!data && data.eligible + (data.not_eligible ?? 0) > 0
  const mayDraw = ['draft', 'nominations', 'published'].includes(state)
  return (
    <section className={classes['section']} aria-labelledby="roll">
      <header>
        <h2 id="roll">{t('office.roll.title')}</h2>
        {mayDraw && isThere ? <Draw election={election} isFirst={false} /> : null}
      </header>
      <p className={classes['quiet']} style={{ marginBottom: '0.75rem' }}>
        {t('office.roll.text')}
      </p>
      <RollList election={election.id} doing={{ state, onNotify: setNotifying }}>
        <Empty icon="users" title={t('office.roll.none')} text={t('office.roll.noneText')} isSmall>
          {mayDraw ? <Draw election={election} isFirst /> : null}
        </Empty>
      </RollList>
      {notifying ? (
        <NoticeDialog election={election.id} voter={notifying} onClose={() => setNotifying(undefined)} />
      ) : null}
    </section>
  )
}

/** What has changed since the roll was fixed; it is told, and not applied. */
export function LateChanges({ election }: { election: Row }) {
  const { data } = useQuery(lateQuery(useOrg(), election.id))
  if (!data) return <Skeleton height={48} />
  return (
    <section className={classes['section']} aria-labelledby="late">
      <h2 id="late">{t('office.late.title')}</h2>
      <p className={classes['quiet']}>{t(data.total ? 'office.late.text' : 'office.late.none')}</p>
      {data.data.length ? (
        <ul>
          {data.data.map(({ name, sentence }) => (
            <li key={name}>
              <b>{name}</b>: {sentence}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
