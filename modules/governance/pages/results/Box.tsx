import { Button } from '@mantine/core'
import { download, Icon, links, toastFailure, useOrg } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import classes from './results.module.css'
import { t } from './t.ts'
import type { Results } from './wire.tsx'

/** The published box, and how anybody counts it again. */
export function Box({ election, results: { seal, key_fingerprint: key } }: { election: string; results: Results }) {
  const org = useOrg()
  if (!seal) return null
  return (
    <section className={classes['section']} aria-labelledby="box">
      <h2 id="box">{t('box.title')}</h2>
      <p>{t('box.text')}</p>
      <div className={classes['acts']}>
        <Button
          variant="default"
          leftSection={<Icon name="download" />}
          onClick={() => void download(`/orgs/${org}/elections/${election}/box`).catch(toastFailure)}
        >
          {t('box.download')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="search" />}
          renderRoot={(props) => <Link {...links.page(org, `elections/${election}/receipt`)} {...props} />}
        >
          {t('box.receipt')}
        </Button>
      </div>
      <p>{t('box.verify')}</p>
      <pre className={classes['command']} tabIndex={0} aria-label={t('box.verify')}>
        {`bin/commonhall election verify FILE --seal ${seal}`}
      </pre>
      <dl className={classes['codes']}>
        <div>
          <dt>{t('box.seal')}</dt>
          <dd>
            <code>{seal}</code> <span>{t('box.sealText')}</span>
          </dd>
        </div>
        {key ? (
          <div>
            <dt>{t('box.key')}</dt>
            <dd>
              <code>{key}</code>
            </dd>
          </div>
        ) : null}
      </dl>
    </section>
  )
}
