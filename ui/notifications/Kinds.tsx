import { NativeSelect, Switch } from '@mantine/core'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import { type NewsKind, type NotificationSettings, type Pace, paces } from '../wire/notifications.ts'
import { Always } from './Always.tsx'
import { KindGrid } from './KindGrid.tsx'
import classes from './notifications.module.css'
import type { Change, KindActs } from './use-settings.ts'

interface CardProps extends KindActs {
  kind: NewsKind
  isMailOff: boolean
}

/** One kind on a phone. */
const Card = ({ kind, isMailOff, setInbox, setMail }: CardProps) => (
  <li>
    <strong>{kind.label}</strong>
    {kind.always ? (
      <Always />
    ) : (
      <div className={classes['ways']}>
        <Switch
          label={t('notify.inApp')}
          aria-label={t('notify.inAppOf', { label: kind.label })}
          checked={kind.inbox}
          onChange={(event) => setInbox(kind, event.currentTarget.checked)}
        />
        <NativeSelect
          aria-label={t('notify.mailOf', { label: kind.label })}
          leftSection={<Icon name="mail" size={16} />}
          value={kind.mail}
          disabled={isMailOff}
          onChange={(event) => setMail(kind, event.currentTarget.value as Pace)}
          data={paces.map((pace) => ({ value: pace, label: t(`notify.${pace}`) }))}
        />
      </div>
    )}
  </li>
)

interface KindsProps {
  settings: NotificationSettings
  org: string
  change: Change
}

/** Each kind of news, and whether it stands in the inbox and how it is mailed. */
export function Kinds({ settings, org, change }: KindsProps) {
  const isPhone = useIsPhone()
  const acts: KindActs = {
    setInbox({ kind, label }, inbox) {
      change({ kinds: [{ kind, inbox }] }, t(inbox ? 'notify.savedInbox' : 'notify.savedNoInbox', { label }))
    },
    setMail({ kind, label }, mail) {
      const pace = t(`notify.${mail}`).toLowerCase()
      change({ kinds: [{ kind, mail }] }, t('notify.savedMail', { label, pace }))
    },
  }
  if (!settings.kinds.length)
    return <Empty icon="bell" title={t('notify.nothing')} text={t('notify.nothingText', { org })} isSmall />
  const byModule = [...Map.groupBy(settings.kinds, ({ module }) => module)]
  return (
    <>
      {isPhone ? (
        byModule.map(([module, kinds]) => (
          <section key={module} aria-label={module}>
            <h3 className={classes['module']}>{module}</h3>
            <ul className={classes['cards']}>
              {kinds.map((kind) => (
                <Card key={kind.kind} kind={kind} isMailOff={settings.no_mail} {...acts} />
              ))}
            </ul>
          </section>
        ))
      ) : (
        <KindGrid byModule={byModule} isMailOff={settings.no_mail} {...acts} />
      )}
      {settings.kinds.some(({ always }) => always) ? (
        <p className={classes['note']}>
          <Icon name="lock" size={14} /> {t('notify.alwaysText')}
        </p>
      ) : null}
    </>
  )
}
