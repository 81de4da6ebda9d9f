import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { Editors } from '../live/Editors.tsx'
import live from '../live/live.module.css'
import { Gone } from '../live/Gone.tsx'
import { ActButton } from '../parts/ActButton.tsx'
import { Ago } from '../parts/Ago.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { restore } from '../record/acts.ts'
import { Facts } from '../record/Facts.tsx'
import { History } from '../record/History.tsx'
import { RecordActs } from '../record/RecordActs.tsx'
import classes from '../record/record.module.css'
import { Related } from '../record/Related.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { Problem } from '../wire/http.ts'
import { recordQuery, type Row, titleOf } from '../wire/records.ts'

/** An archived record says so, and how it comes back. */
function Aside({ resource, row }: { resource: KnownResource; row: Row }) {
  const org = useOrg()
  return (
    <div className={classes['aside']} role="note">
      <span>
        {t('record.archived')} <Ago at={row.archived_at ?? ''} />
      </span>
      <ActButton
        size="compact-sm"
        variant="default"
        allowed={row.can?.['restore']}
        onClick={() => void restore(org, resource, row)}
      >
        {t('record.restore')}
      </ActButton>
    </div>
  )
}

const FileList = lazy(() => import('../files/FileList.tsx'))

const Waiting = () => (
  <div aria-hidden>
    <Skeleton height={24} width="16rem" mt="2.5rem" mb="2rem" />
    {[0, 1, 2].map((line) => (
      <Skeleton key={line} height={44} mb="md" />
    ))}
  </div>
)

interface RecordPageProps {
  resource: KnownResource
  /** What a page that stands around the record says before its fields. */
  Above?: ComponentType<{ row: Row }>
  /** What it says after them. */
  Below?: ComponentType<{ row: Row }>
  /** Acts of its own, before those of the workflow. */
  Acts?: ComponentType<{ row: Row }>
  /** Fields, and kinds of related records by their full names, that it shows in its own way. */
  hides?: readonly string[]
  without?: readonly string[]
}

/** One record: what it is and its state first, then what one can do, its fields, what belongs to it, its history. */
export function RecordPage({ resource, Above, Below, Acts, hides, without }: RecordPageProps) {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const { data: row, error, isPending, refetch } = useQuery(recordQuery(org, resource.path, id))
  if (isPending) return <Waiting />
  if (!row) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  const state = resource.fields['state']
  const isGone = error instanceof Problem && error.status === 404
  const note = (
    <span className={live['note']}>
      {state && row['state'] ? <Value field={state} name="state" row={row} module={resource.module} /> : null}
      {isGone ? null : <Editors topic={`${resource.path}/${id}`} />}
    </span>
  )
  return (
    <>
      <PageHead
        title={titleOf(resource, row)}
        note={note}
        trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />}
      >
        {Acts && !isGone ? <Acts row={row} /> : null}
        {isGone ? null : <RecordActs resource={resource} row={row} />}
      </PageHead>
      {isGone ? <Gone resource={resource} /> : null}
      {row.archived_at ? <Aside resource={resource} row={row} /> : null}
      <div className={classes['columns']}>
        <div>
          {Above ? <Above row={row} /> : null}
          <Facts resource={resource} row={row} hides={hides} />
          {Below ? <Below row={row} /> : null}
          {resource.traits.includes('attachable') && !isGone ? (
            <Suspense>
              <FileList resource={resource} row={row} />
            </Suspense>
          ) : null}
          <Related resource={resource} row={row} without={without} />
        </div>
        {resource.traits.includes('audited') ? <History resource={resource} id={id} /> : null}
      </div>
    </>
  )
}
