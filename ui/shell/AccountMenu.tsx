import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { initials } from '../parts/initials.ts'
import { t } from '../say.ts'
import { sessionQuery } from '../wire/session.ts'
import { ShellMenu } from './ShellMenu.tsx'
import classes from './shell.module.css'

const menu = () => import('./PersonMenu.tsx')
const PersonMenu = lazy(menu)

/** The person's own corner. */
export function AccountMenu({ onHelp }: { onHelp?: () => void }) {
  const { user } = useSuspenseQuery(sessionQuery).data
  const button = (
    <button type="button" className={classes['account']} aria-label={t('shell.account', { name: user.name })}>
      <span className={classes['person']} data-initials={initials(user.name)} aria-hidden />
      <span data-name>{user.name}</span>
      <Icon name="dots" size={16} />
    </button>
  )
  return (
    <ShellMenu button={button} fetch={menu}>
      {(pressed) => <PersonMenu button={pressed} onHelp={onHelp} />}
    </ShellMenu>
  )
}
