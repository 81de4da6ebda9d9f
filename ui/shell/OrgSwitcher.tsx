import { lazy } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { initials } from '../parts/initials.ts'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { ShellMenu } from './ShellMenu.tsx'
import classes from './shell.module.css'

const menu = () => import('./OrgMenu.tsx')
const OrgMenu = lazy(menu)

/** Which org one is in, and the way to the others. */
export function OrgSwitcher() {
  const { org } = useCatalog()
  const button = (
    <button type="button" className={classes['org']} aria-label={t('shell.switchOrg', { name: org.name })}>
      <span className={classes['mark']} data-initials={initials(org.name)} aria-hidden />
      <strong>{org.name}</strong>
      <Icon name="down" size={14} />
    </button>
  )
  return (
    <ShellMenu button={button} fetch={menu}>
      {(pressed) => <OrgMenu button={pressed} />}
    </ShellMenu>
  )
}
