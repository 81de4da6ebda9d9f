import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import classes from './notifications.module.css'

/** In place of a choice that there is not. */
export const Always = () => (
  <span className={classes['always']}>
    <Icon name="lock" size={14} /> {t('notify.always')}
  </span>
)
