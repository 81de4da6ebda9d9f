import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isTyping } from '../keyboard.ts'
import { Icon } from '../parts/Icon.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { filePath, type FileRow, fileTextQuery, picture } from '../wire/files.ts'
import { call } from '../wire/http.ts'
import { Condition } from './FileRow.tsx'
import { TypeMark } from './Mark.tsx'
import classes from './preview.module.css'

interface LookProps {
  org: string
  row: FileRow
}

interface ShotProps extends LookProps {
  what: string
  alt: string
}

/** A picture from the server. An access cookie that has run out breaks it once; asking renews that. */
function Shot({ org, row, what, alt }: ShotProps) {
  const [tries, setTries] = useState(0)
  const [state, setState] = useState<'coming' | 'here' | 'broken'>('coming')
  const again = async () => {
    if (tries) return setState('broken')
    await call('HEAD', filePath(org, row, what)).then(
      () => setTries(1),
      () => setState('broken'),
    )
  }
  const retry = () => {
    setTries(0)
    setState('coming')
  }
  if (state === 'broken') return <Nothing row={row} text={t('filePreview.broken')} onRetry={retry} />
  return (
    <>
      {state === 'coming' ? <Skeleton className={classes['coming'] ?? ''} /> : null}
      <img
        key={tries}
        src={picture(org, row, what)}
        alt={alt}
        data-coming={state === 'coming' || undefined}
        onLoad={() => setState('here')}
        onError={() => void again()}
      />
    </>
  )
}

/** In place of a picture: what kind of file it is, and why there is no more to see. */
const Nothing = ({ row, text, onRetry }: { row: FileRow; text: string; onRetry?: () => void }) => (
  <div className={classes['nothing']}>
    <TypeMark name={row.name} />
    <Condition row={row} />
    {text ? <p>{text}</p> : null}
    {onRetry ? (
      <Button variant="default" onClick={onRetry}>
        {t('problem.retry')}
      </Button>
    ) : null}
  </div>
)

/** Page keys turn pages, wherever the focus is in the dialog. */
function usePages(pages: number) {
  const [page, setPage] = useState(1)
  const turn = (to: number) => setPage(Math.min(pages, Math.max(1, to)))
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey) return
      const step = { PageDown: 1, PageUp: -1, Home: -pages, End: pages }[event.key]
      if (!step) return
      event.preventDefault()
      setPage((now) => Math.min(pages, Math.max(1, now + step)))
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [pages])
  return { page, turn }
}

/** The pages of a document, one at a time. */
function Pages({ org, row, pages }: LookProps & { pages: number }) {
  const { page, turn } = usePages(pages)
  // The next one is there by the time somebody turns to it.
  useEffect(() => {
    if (page < pages) new Image().src = picture(org, row, `pages/${page + 1}`)
  }, [org, row, page, pages])
  return (
    <div className={classes['pages']}>
      <ScrollRegion className={classes['picture']} label={t('filePreview.pageOf', { name: row.name, page })}>
        <Shot
          key={page}
          org={org}
          row={row}
          what={`pages/${page}`}
          alt={t('filePreview.pageOf', { name: row.name, page })}
        />
      </ScrollRegion>
      {pages > 1 ? (
        <span className={classes['turn']}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('filePreview.previousPage')}
            aria-disabled={page === 1}
            data-off={page === 1 || undefined}
            onClick={() => turn(page - 1)}
          >
            <Icon name="up" />
          </ActionIcon>
          <span role="status">{t('filePreview.page', { page, pages })}</span>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('filePreview.nextPage')}
            aria-disabled={page === pages}
            data-off={page === pages || undefined}
            onClick={() => turn(page + 1)}
          >
            <Icon name="down" />
          </ActionIcon>
        </span>
      ) : null}
    </div>
  )
}

function Words({ org, row }: LookProps) {
  const { data, error, isPending, refetch } = useQuery(fileTextQuery(org, row))
  if (isPending) return <Skeleton height={240} />
  if (!data) return <Trouble failure={error} onRetry={() => void refetch()} />
  return (
    <ScrollRegion className={classes['words']} label={t('filePreview.text', { name: row.name })}>
      <pre>{data.text}</pre>
      {data.truncated ? <p data-quiet>{t('filePreview.cut')}</p> : null}
    </ScrollRegion>
  )
}

/** What can be seen of a file here. */
export function Look({ org, row }: LookProps) {
  const { view = false, pages = 0, text = false } = row.previews ?? {}
  if (row.state === 'checking') return <Nothing row={row} text={t('files.checkingText')} />
  if (row.state === 'held') return <Nothing row={row} text="" />
  if (pages) return <Pages org={org} row={row} pages={pages} />
  if (view)
    return (
      <div className={classes['picture']} data-whole>
        <Shot org={org} row={row} what="view" alt={row.caption ?? row.name} />
      </div>
    )
  if (text) return <Words org={org} row={row} />
  return <Nothing row={row} text={t('filePreview.none')} />
}
