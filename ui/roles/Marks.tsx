import { t } from '../say.ts'
import classes from './roles.module.css'

/** What else there is to a permission: that it asks for proof, that members may with their own record. */
export const Marks = ({ of }: { of: { readonly fresh: boolean; readonly own: boolean } }) => (
  <>
    {of.fresh ? (
      <small className={classes['mark']} title={t('roles.freshlyHelp')}>
        {t('roles.freshly')}
      </small>
    ) : null}
    {of.own ? (
      <small className={classes['mark']} title={t('roles.ownHelp')}>
        {t('roles.own')}
      </small>
    ) : null}
  </>
)
