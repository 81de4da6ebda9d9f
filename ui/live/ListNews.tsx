import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { t } from '../say.ts'
import classes from './live.module.css'
import type { useListNews } from './use-list-news.ts'
import './words.ts'

interface ListNewsProps {
  news: ReturnType<typeof useListNews>
  plural: string
}

function pointAt(id: string) {
  const link = document.querySelector<HTMLElement>(`[data-row-link="${id}"]`)
  link?.focus({ preventScroll: true })
  link?.closest('tr, li')?.scrollIntoView({ block: 'center' })
}

/** What waits to be shown in a list, beside its title: nothing moves when it comes or goes. */
export function ListNews({ news, plural }: ListNewsProps) {
  const { fresh, gone, isMany } = news.waiting
  const [isBelow, setBelow] = useState(false)
  const waits = isMany || fresh.length + gone.length > 0
  useEffect(() => {
    if (!isBelow) return
    const soon = setTimeout(() => setBelow(false), 5000)
    return () => clearTimeout(soon)
  }, [isBelow])
  const said = isMany
    ? [t('live.manyRows', { plural: plural.toLowerCase() })]
    : [
        ...(fresh.length ? [t('live.newRows', { count: fresh.length })] : []),
        ...(gone.length ? [t('live.goneRows', { count: gone.length })] : []),
      ]
  const show = async () => {
    const { first, isBelow: comesLater } = await news.show()
    setBelow(comesLater)
    // The rows are drawn a moment after they are known.
    if (first) setTimeout(() => pointAt(first), 60)
  }
  return (
    <span role="status">
      {waits ? (
        <span className={classes['pill']}>
          {said.join(', ')}
          <Button size="compact-sm" radius="xl" variant="light" onClick={() => void show()}>
            {t(fresh.length ? 'live.showRows' : 'live.updateRows')}
          </Button>
        </span>
      ) : null}
      {isBelow && !waits ? <span className={classes['pill']}>{t('live.below')}</span> : null}
    </span>
  )
}
