import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatBytes } from '../fields/format.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Ago } from '../parts/Ago.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { deletedFilesQuery, type FileRow, type FilesAsked } from '../wire/files.ts'
import { mayRestore, restore } from './acts.ts'
import classes from './files.module.css'
import lines from './lines.module.css'
import { TypeMark } from './Mark.tsx'

const DeletedLine = ({ org, row }: { org: string; row: FileRow }) => (
  <li className={lines['line']} data-deleted>
    <TypeMark name={row.name} />
    <div className={lines['what']}>
      <strong>{row.name}</strong>
      <span data-quiet>
        {t('files.deletedAt')} <Ago at={row.archived_at ?? row.updated_at} />
      </span>
    </div>
    <span className={lines['size']}>{formatBytes(row.size)}</span>
    <ActButton
      variant="default"
      size="compact-sm"
      allowed={mayRestore(row)}
      aria-label={t('files.restoreNamed', { name: row.name })}
      onClick={() => void restore(org, row)}
    >
      {t('files.restore')}
    </ActButton>
  </li>
)

function DeletedList({ org, asked }: { org: string; asked: FilesAsked }) {
  const { data, error, isPending, refetch } = useQuery(deletedFilesQuery(org, asked))
  if (isPending) return <Skeleton height={48} />
  if (!data) return <Trouble failure={error} onRetry={() => void refetch()} />
  return (
    <>
      <p data-quiet>{t(data.data.length ? 'files.deletedText' : 'files.deletedNone')}</p>
      <ul className={lines['lines']} aria-label={t('files.recentlyDeleted')}>
        {data.data.map((row) => (
          <DeletedLine key={row.id} org={org} row={row} />
        ))}
      </ul>
    </>
  )
}

/** What was deleted and can be brought back; asked for when somebody wants to see it. */
export function Deleted({ org, asked }: { org: string; asked: FilesAsked }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={classes['deleted']}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name="chevron" size={14} />
        {t('files.recentlyDeleted')}
      </button>
      {isOpen ? <DeletedList org={org} asked={asked} /> : null}
    </div>
  )
}
