import { Alert, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Columns } from '../imports/Columns.tsx'
import { Drop } from '../imports/Drop.tsx'
import classes from '../imports/imports.module.css'
import '../imports/words.ts'
import { Done, Failed, Tried, Undone, Working } from '../imports/Stages.tsx'
import { links } from '../links.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { refresh } from '../wire/changes.ts'
import { client } from '../wire/client.ts'
import { type Import, importQuery, isBusy, sendFile } from '../wire/imports.ts'

const steps = ['file', 'columns', 'try', 'result'] as const

/** Where an import stands, as the step that a person is at. */
function stepOf(row: Import | undefined, isMapping: boolean): number {
  if (!row) return 0
  if (row.state === 'trying') return 2
  if (row.state === 'ready') return row.tried_at && !isMapping ? 2 : 1
  return isMapping ? 1 : 3
}

const Steps = ({ at }: { at: number }) => (
  <ol className={classes['steps']} aria-label={t('imports.steps')}>
    {steps.map((step, index) => (
      <li key={step} data-past={index < at || undefined} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
        <span>{t(`imports.step.${step}`)}</span>
      </li>
    ))}
  </ol>
)

interface StageProps {
  row: Import
  resource: KnownResource
  isMapping: boolean
  setMapping: (isMapping: boolean) => void
}

function Stage({ row, resource, isMapping, setMapping }: StageProps) {
  const back = () => setMapping(true)
  if (isBusy(row)) return <Working row={row} />
  if (row.state === 'failed') return <Failed row={row} resource={resource} />
  if (isMapping || (row.state === 'ready' && !row.tried_at))
    return <Columns row={row} onTried={() => setMapping(false)} />
  if (row.state === 'ready') return <Tried row={row} resource={resource} onBack={back} />
  if (row.state === 'undone') return <Undone row={row} resource={resource} onBack={back} />
  return <Done row={row} resource={resource} />
}

/** One import by its id, step by step; it can be left and come back to at any of them. */
function Running({ id, resource }: { id: string; resource: KnownResource }) {
  const org = useOrg()
  const { data: row, error, isPending, refetch } = useQuery(importQuery(org, id))
  const [isMapping, setMapping] = useState(false)
  const state = row?.state
  useEffect(() => {
    // What came in or went out changes every list of the org.
    if (state === 'done' || state === 'undone') void refresh(org)
  }, [state, org])
  if (isPending) return <Skeleton height={240} />
  if (!row) return <Trouble failure={error} onRetry={() => void refetch()} />
  return (
    <>
      <Steps at={stepOf(row, isMapping)} />
      <Stage row={row} resource={resource} isMapping={isMapping} setMapping={setMapping} />
    </>
  )
}

/** Brings a file into a list: drop it, check its columns, try it, bring it in, and take it back if need be. */
export function ImportPage({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const navigate = useNavigate()
  const { id } = useSearch({ strict: false }) as { id?: string }
  const plural = resource.plural.toLowerCase()
  const may = resource.permissions.import
  const take = async (file: File) => {
    const row = await sendFile(org, resource.name, file)
    client.setQueryData(importQuery(org, row.id).queryKey, row)
    await navigate(links.importFile(org, resource.path, { id: row.id }))
  }
  return (
    <>
      <PageHead
        title={t('palette.import', { plural })}
        trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />}
      />
      {may !== true ? <Alert role="note">{may}</Alert> : null}
      {may === true && id ? <Running key={id} id={id} resource={resource} /> : null}
      {may === true && !id ? (
        <>
          <Steps at={0} />
          <Drop plural={plural} onFile={take} />
        </>
      ) : null}
    </>
  )
}
