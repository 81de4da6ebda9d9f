import { Button } from '@mantine/core'
import { download, formatDate, Icon, type Row, toastFailure, useOrg } from '@commonhall/ui'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import own from './office.module.css'

/** The published box, and everything that is kept of the election. */
export function Files({ election }: { election: Row }) {
  const org = useOrg()
  const until = election['keep_until_on']
  const archive = until
    ? t('office.files.archiveText', { until: formatDate(String(until)) })
    : t('office.files.archivePlain')
  const files = [
    ['box', t('office.files.boxText')],
    ['archive', archive],
  ] as const
  const prints = [
    ['seal', election['seal']],
    ['fingerprint', election['key_fingerprint']],
  ] as const
  return (
    <section className={classes['section']} aria-labelledby="files">
      <h2 id="files">{t('office.files.title')}</h2>
      <ul className={classes['candidates']} data-wide>
        {files.map(([name, text]) => (
          <li key={name}>
            <span>
              <b>{t(`office.files.${name}`)}</b>
              <small>{text}</small>
            </span>
            <Button
              variant="default"
              leftSection={<Icon name="download" size={16} />}
              aria-label={`${t('office.files.download')}: ${t(`office.files.${name}`)}`}
              onClick={() => void download(`/orgs/${org}/elections/${election.id}/${name}`).catch(toastFailure)}
            >
              {t('office.files.download')}
            </Button>
          </li>
        ))}
      </ul>
      {prints.map(([name, value]) =>
        value ? (
          <p key={name} className={own['print']}>
            {t(`office.files.${name}`)} {String(value)}
          </p>
        ) : null,
      )}
    </section>
  )
}
