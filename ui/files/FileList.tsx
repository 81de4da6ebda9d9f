import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { links } from '../links.ts'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, useCatalog, useOrg } from '../wire/catalog.ts'
import { type FileRow, type FilesAsked, fileSettingsQuery, filesQuery } from '../wire/files.ts'
import { type Row, titleOf } from '../wire/records.ts'
import { AddFiles, Limits, NoFiles } from './AddFiles.tsx'
import { Deleted } from './Deleted.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { type Asked, FileLine } from './FileRow.tsx'
import classes from './files.module.css'
import lines from './lines.module.css'
import { LinkDialog } from './LinkDialog.tsx'
import { Narrow } from './Narrow.tsx'
import { useGoing, watch } from './queue.ts'
import { Unfinished } from './Unfinished.tsx'
import { Uploads } from './Uploads.tsx'
import { type Adding, useAdding } from './use-adding.ts'
import { useDrop, usePaste } from './use-drop.ts'
import './words.ts'

const Preview = lazy(() => import('./Preview.tsx').then((module) => ({ default: module.Preview })))

const few = 8
const all = 200

interface FileListProps {
  resource: KnownResource
  row: Row
}

/** Where a record's files stand, how they are narrowed, and what is under way. */
function useFiles(resource: KnownResource, row: Row) {
  const org = useOrg()
  const [narrowed, setNarrowed] = useState({ sort: '-uploaded_at', tag: '', limit: few })
  const asked: FilesAsked = { resource: resource.name, path: resource.path, record: row.id }
  const found = useQuery({ ...filesQuery(org, asked, narrowed), placeholderData: (before) => before })
  const target = useMemo(() => ({ resource: resource.path, record: row.id }), [resource.path, row.id])
  const going = useGoing(org, target)
  useEffect(() => watch(org, target), [org, target])
  return { org, asked, target, found, narrowed, setNarrowed, going }
}

/** What somebody asked for on a row, in a dialog of its own. */
function Opened({ org, files, opened, onMove, onClose }: OpenedProps) {
  const { row, asked } = opened
  const now = files.find(({ id }) => id === row.id) ?? row
  if (asked === 'delete') return <DeleteDialog org={org} row={now} onClose={onClose} />
  if (asked === 'link') return <LinkDialog org={org} row={now} onClose={onClose} />
  return (
    <Suspense>
      <Preview org={org} file={now} files={files} isEdited={asked === 'edit'} onMove={onMove} onClose={onClose} />
    </Suspense>
  )
}

interface OpenedProps {
  org: string
  files: readonly FileRow[]
  opened: { row: FileRow; asked: Asked }
  onMove: (row: FileRow) => void
  onClose: () => void
}

/** Where dropped files go, said over the page for as long as something is held over it. */
const DropSign = ({ title, hasFiles }: { title: string; hasFiles: boolean }) => (
  <div className={classes['sign']} aria-hidden>
    <strong>{t('files.drop', { title })}</strong>
    {hasFiles ? <span>{t('files.dropOn')}</span> : null}
  </div>
)

interface FootProps {
  org: string
  asked: FilesAsked
  adding: Adding
  shown: number
  total: number
  isKnown: boolean
  /** What shows more of them, where there are more. */
  children: ReactNode
}

/** What is under the list: the limits, the rest of it, and what was deleted. */
const Foot = ({ org, asked, adding, shown, total, isKnown, children }: FootProps) => (
  <footer>
    {shown ? <Limits adding={adding} /> : null}
    {total > shown ? children : null}
    {total > few ? (
      <Link {...links.list(org, 'files', { 'filter[resource]': asked.resource, 'filter[record]': asked.record })}>
        {t('files.seeAll')}
      </Link>
    ) : null}
    {isKnown && adding.allowed === true ? <Deleted org={org} asked={asked} /> : null}
  </footer>
)

/** The files of one record, for those who may see any. */
export default function FileList(props: FileListProps) {
  const maySee = !!useCatalog().resources['foundation.file'] && props.resource.permissions['read-files'] === true
  return maySee ? <Files {...props} /> : null
}

/** What there is, what is on its way, and everything that can be done with them. */
function Files({ resource, row }: FileListProps) {
  const { org, asked, target, found, narrowed, setNarrowed, going } = useFiles(resource, row)
  const { data, error, isPending, refetch } = found
  const { data: settings } = useQuery(fileSettingsQuery(org))
  const { data: files = [], total = files.length } = data ?? {}
  const adding = useAdding({ org, resource, row, target, settings, total, going })
  const over = useDrop(adding.allowed === true, adding.take)
  usePaste(adding.allowed === true, (dropped) => adding.take(dropped, undefined))
  const [opened, setOpened] = useState<OpenedProps['opened']>()
  const title = titleOf(resource, row)
  const ask = (file: FileRow, what: Asked) =>
    what === 'new-version' ? void adding.chooseVersion(file) : setOpened({ row: file, asked: what })
  const isEmpty = data && !files.length
  return (
    <section className={classes['files']} aria-labelledby="files" data-over={over && !over.file ? true : undefined}>
      <header>
        <h2 id="files">
          {t('files.title')} {total ? <span data-quiet>{total}</span> : null}
        </h2>
        <Narrow files={files} total={total} narrowed={narrowed} onNarrow={setNarrowed} />
        <AddFiles adding={adding} />
      </header>
      <Unfinished org={org} target={target} going={going} onFiles={(some) => adding.add(some)} />
      <Uploads going={going} />
      {data ? null : isPending ? <Skeleton height={56} /> : <Trouble failure={error} onRetry={() => void refetch()} />}
      {isEmpty && !narrowed.tag && !going.length ? <NoFiles adding={adding} /> : null}
      {isEmpty && narrowed.tag ? <p data-quiet>{t('files.noneOfTag', { tag: narrowed.tag })}</p> : null}
      {files.length ? (
        <ul className={lines['lines']} aria-label={t('files.list', { title })}>
          {files.map((file) => (
            <FileLine
              key={file.id}
              org={org}
              row={file}
              isOver={over?.file === file.id}
              onAsk={(what) => ask(file, what)}
            />
          ))}
        </ul>
      ) : null}
      <Foot org={org} asked={asked} adding={adding} shown={files.length} total={total} isKnown={!!data}>
        {narrowed.limit === few ? (
          <button type="button" onClick={() => setNarrowed({ ...narrowed, limit: all })}>
            {t('files.showAll', { count: total })}
          </button>
        ) : null}
      </Foot>
      {over ? <DropSign title={title} hasFiles={files.length > 0} /> : null}
      {opened ? (
        <Opened
          org={org}
          files={files}
          opened={opened}
          onMove={(file) => setOpened({ row: file, asked: 'preview' })}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </section>
  )
}
