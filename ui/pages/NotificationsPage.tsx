import { Skeleton, Switch } from '@mantine/core'
import { links } from '../links.ts'
import { Kinds } from '../notifications/Kinds.tsx'
import classes from '../notifications/notifications.module.css'
import { Rhythm } from '../notifications/Rhythm.tsx'
import { useSettings } from '../notifications/use-settings.ts'
import '../notifications/words.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'

/** What reaches somebody of one organization: which news, by which way, and when. */
export function NotificationsPage() {
  const { org } = useCatalog()
  const { data, error, refetch, change } = useSettings()
  return (
    <div className={classes['page']}>
      <PageHead
        title={t('shell.notifications')}
        note={t('notify.note', { org: org.name })}
        trail={<Trail to={links.inbox(org.slug)} label={t('shell.bell')} />}
      />
      {!data && !error ? <Skeleton height={320} aria-busy /> : null}
      {!data && error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Switch
            className={classes['master']}
            label={t('notify.mailOn', { org: org.name })}
            description={t(data.no_mail ? 'notify.mailIsOff' : 'notify.mailOnText')}
            checked={!data.no_mail}
            onChange={({ currentTarget: { checked } }) =>
              change({ no_mail: !checked }, t(checked ? 'notify.savedMailOn' : 'notify.savedMailOff'))
            }
          />
          <section className={classes['kinds']} aria-labelledby="kinds">
            <h2 id="kinds">{t('notify.kinds')}</h2>
            <p>{t('notify.kindsText')}</p>
            <Kinds settings={data} org={org.name} change={change} />
          </section>
          <Rhythm settings={data} change={change} />
        </>
      ) : null}
    </div>
  )
}
