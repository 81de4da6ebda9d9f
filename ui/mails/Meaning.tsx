import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import classes from './mails.module.css'

interface MeaningProps {
  text: string
  email: string
  /** Somebody may want to mend the address: then the ways to whose it is are offered. */
  isFault: boolean
  children?: ReactNode
}

/** What an outcome means, in a sentence, and where to go from here. */
export function Meaning({ text, email, isFault, children }: MeaningProps) {
  const { org, resources } = useCatalog()
  const rolls = Object.values(resources).filter(
    ({ views, permissions }) => permissions.read === true && views.search.includes('email'),
  )
  return (
    <div className={classes['meaning']}>
      <p>{text}</p>
      <p>
        {children}
        {isFault
          ? rolls.map(({ path, plural }) => (
              <Link key={path} {...links.list(org.slug, path, { q: email })}>
                {t('mails.find', { plural })}
              </Link>
            ))
          : null}
      </p>
    </div>
  )
}
