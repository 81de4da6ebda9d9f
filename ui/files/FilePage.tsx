import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import type { FileRow } from '../wire/files.ts'
import { recordQuery } from '../wire/records.ts'
import { mayDelete, mayOpen, mayRestore, restore, save } from './acts.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { Details } from './Details.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { Look } from './Look.tsx'
import classes from './room.module.css'
import './words.ts'

/** Whether the check has ended is asked again, for nobody tells of it. */
const until = 3000

/** What the file is attached to, as the way there. */
function Belongs({ row }: { row: FileRow }) {
  const { resources } = useCatalog()
  const field = resources['foundation.file']?.fields['record']
  const parent = resources[row.resource]
  if (!field || !row.record) return null
  return (
    <p className={classes['belongs']}>
      {t('filesPage.belongs', { label: parent?.label.toLowerCase() ?? '' })}{' '}
      <Value field={field} name="record" row={row} module="foundation" />
    </p>
  )
}

function Acts({ org, row }: { org: string; row: FileRow }) {
  const [open, setOpen] = useState<'link' | 'delete'>()
  const close = () => setOpen(undefined)
  if (row.archived_at)
    return (
      <ActButton allowed={mayRestore(row)} onClick={() => void restore(org, row)}>
        {t('files.restore')}
      </ActButton>
    )
  return (
    <>
      <ActButton allowed={mayOpen(row)} leftSection={<Icon name="download" size={16} />} onClick={() => save(org, row)}>
        {t('files.download')}
      </ActButton>
      <ActButton variant="default" allowed={mayOpen(row)} onClick={() => setOpen('link')}>
        {t('files.link')}
      </ActButton>
      <ActButton variant="default" allowed={mayDelete(row)} onClick={() => setOpen('delete')}>
        {t('files.delete')}
      </ActButton>
      {open === 'link' ? <LinkDialog org={org} row={row} onClose={close} /> : null}
      {open === 'delete' ? <DeleteDialog org={org} row={row} onClose={close} /> : null}
    </>
  )
}

/** One file: what it shows, what is known of it, and the record that it is part of. */
export function FilePage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { id = '' } = useParams({ strict: false })
  const {
    data: row,
    error,
    isPending,
    refetch,
  } = useQuery({
    ...recordQuery(org, 'files', id),
    refetchInterval: ({ state }) => (state.data?.['state'] === 'checking' ? until : false),
  })
  if (isPending) return <Skeleton height={320} mt="xl" />
  if (!row) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  const file = row as FileRow
  return (
    <>
      <PageHead
        title={file.name}
        note={file.archived_at ? t('filesPage.deleted') : undefined}
        trail={<Trail to={links.list(org, 'files')} label={resourceByPath(catalog, 'files')?.plural ?? ''} />}
      >
        <Acts org={org} row={file} />
      </PageHead>
      <Belongs row={file} />
      <div className={classes['about']}>
        <div className={classes['look']}>
          <Look key={`${file.id}-${file.versions}`} org={org} row={file} />
        </div>
        <Details key={file.id} org={org} row={file} isEdited={false} />
      </div>
    </>
  )
}
