import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { t } from '../say.ts'
import classes from './parts.module.css'

interface PageHeadProps {
  title: string
  /** Beside the title: a state, a count. */
  note?: ReactNode
  /** Above the title: where one came from. */
  trail?: ReactNode
  /** One primary act at most. */
  children?: ReactNode
}

/** The top of every page: what it is, then what one can do. It also names the browser's tab. */
export function PageHead({ title, note, trail, children }: PageHeadProps) {
  useDocumentTitle(t('shell.tab', { title }))
  return (
    <div className={classes['head']}>
      <div className={classes['headText']}>
        {trail}
        <div className={classes['headLine']}>
          <Title order={1} tabIndex={-1} data-page-title>
            {title}
          </Title>
          {note ? <span className={classes['headNote']}>{note}</span> : null}
        </div>
      </div>
      {children ? <div className={classes['headActs']}>{children}</div> : null}
    </div>
  )
}
