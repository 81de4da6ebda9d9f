import { Button } from '@mantine/core'
import { call, formatCount, Icon, links, type Row, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import classes from '../elections.module.css'
import { watchQuery } from '../queries.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import { NoticeDialog, type Recorded, tellRecorded } from './NoticeDialog.tsx'
import own from './office.module.css'

const kinds = ['proven', 'sent', 'failed', 'missing'] as const

/** How many were told, with what proof; sends the rest by mail, or records what was posted. */
export function Notices({ election }: { election: Row }) {
  const org = useOrg()
  const { data } = useQuery(watchQuery(org, election.id, false))
  const { run, isBusy } = useDoing()
  const [isRecording, setRecording] = useState(false)
  const counts = data?.notices
  const isOpen = ['published', 'nominations'].includes(String(election['state']))
  const send = () =>
    run(async () => {
      const body = { way: 'mail' }
      tellRecorded(await call<Recorded>('POST', `/orgs/${org}/elections/${election.id}/notices`, { body }))
    }, '')
  return (
    <section className={classes['section']} aria-labelledby="notices">
      <h2 id="notices">{t('office.notices.title')}</h2>
      <p className={classes['quiet']} style={{ marginBottom: '0.75rem' }}>
        {t(data && !data.eligible ? 'office.notices.first' : 'office.notices.text')}
      </p>
      {counts && data.eligible ? (
        <dl className={own['numbers']}>
          {kinds.map((kind) => (
            <div key={kind}>
              <dt>{t(`office.notices.${kind}`)}</dt>
              <dd>{formatCount(counts[kind] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {isOpen && data?.eligible ? (
        <>
          <div className={classes['acts']}>
            <Button
              variant="default"
              leftSection={<Icon name="mail" size={16} />}
              loading={isBusy}
              onClick={() => void send()}
            >
              {t('office.notices.mail')}
            </Button>
            <Button variant="default" leftSection={<Icon name="file" size={16} />} onClick={() => setRecording(true)}>
              {t('office.notices.post')}
            </Button>
          </div>
          <p className={classes['quiet']} style={{ marginTop: '0.75rem' }}>
            {t('office.notices.mailText')} {t('office.notices.postText')}
          </p>
        </>
      ) : null}
      {data?.eligible ? (
        <p>
          <Link {...links.list(org, 'voter-notices', { 'filter[election]': election.id })}>
            {t('office.notices.list')}
          </Link>
        </p>
      ) : null}
      {isRecording ? <NoticeDialog election={election.id} onClose={() => setRecording(false)} /> : null}
    </section>
  )
}
