import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { t } from '../say.ts'
import { Icon } from './Icon.tsx'
import classes from './parts.module.css'

interface EmptyProps {
  icon: string
  title: string
  text: string
  isSmall?: boolean
  /** It stands for a whole page, so its title is the page's. */
  isPage?: boolean
  /** The first step, or a way to bring in what is already somewhere else. */
  children?: ReactNode
}

/** Nothing here yet: says what belongs here and offers the first step. */
export function Empty({ icon, title, text, isSmall = false, isPage = false, children }: EmptyProps) {
  // An empty title leaves the tab as it is.
  useDocumentTitle(isPage ? t('shell.tab', { title }) : '')
  return (
    <div className={`${classes['empty']} ${isSmall ? classes['small'] : ''}`}>
      <div className={classes['emptyMark']}>
        <Icon name={icon} size={24} />
      </div>
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{text}</p>
      {children ? <div className={classes['emptyActs']}>{children}</div> : null}
    </div>
  )
}
