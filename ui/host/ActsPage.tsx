import { PageHead } from '../parts/PageHead.tsx'
import { t } from '../say.ts'
import { Acts } from './Acts.tsx'
import classes from './host.module.css'

/** The hosts' own journal. */
export const ActsPage = () => (
  <>
    <PageHead title={t('host.acts')} />
    <div className={classes['wide']}>
      <p className={classes['lead']}>{t('host.actsText')}</p>
      <Acts />
    </div>
  </>
)
