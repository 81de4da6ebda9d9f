import { ActionIcon, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatBytes } from '../fields/format.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Ago } from '../parts/Ago.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type FileRow, type FileVersion, fileVersionsQuery } from '../wire/files.ts'
import { makeCurrent, mayReplace, save } from './acts.ts'
import classes from './preview.module.css'

interface VersionsProps {
  org: string
  row: FileRow
}

const VersionLine = ({ org, row, version, isNewest }: VersionsProps & { version: FileVersion; isNewest: boolean }) => (
  <li>
    <div>
      <span>
        <strong>{t('filePreview.version', { number: version.number })}</strong>{' '}
        {isNewest ? <span className={classes['current']}>{t('filePreview.current')}</span> : null}
      </span>
      <span data-quiet>
        {version.uploaded_by_name}, <Ago at={version.created_at} />
        {version.size ? ` · ${formatBytes(version.size)}` : ''}
      </span>
      {version.name === row.name ? null : <span data-quiet>{version.name}</span>}
      {isNewest ? null : (
        <ActButton
          variant="default"
          size="compact-sm"
          allowed={mayReplace(row)}
          onClick={() => void makeCurrent(org, row, version.number)}
        >
          {t('filePreview.makeCurrent')}
        </ActButton>
      )}
    </div>
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={t('filePreview.downloadVersion', { number: version.number })}
      onClick={() => save(org, row, version.number)}
    >
      <Icon name="download" size={16} />
    </ActionIcon>
  </li>
)

/** What the file was before, newest first. */
export function Versions({ org, row }: VersionsProps) {
  const { data, error, isPending, refetch } = useQuery(fileVersionsQuery(org, row))
  const versions = (data?.data ?? []).toSorted((one, other) => other.number - one.number)
  return (
    <div className={classes['versions']}>
      <h3>{t('filePreview.versions')}</h3>
      {isPending ? <Skeleton height={40} /> : null}
      {!data && error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      <ol>
        {versions.map((version, index) => (
          <VersionLine key={version.number} org={org} row={row} version={version} isNewest={index === 0} />
        ))}
      </ol>
    </div>
  )
}
