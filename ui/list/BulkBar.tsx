import { Button } from '@mantine/core'
import { useState } from 'react'
import { toastFailure } from '../parts/toast.tsx'
import { actMany } from '../record/acts.ts'
import { ActDialog } from '../record/ActDialog.tsx'
import { t } from '../say.ts'
import { type Act, type KnownResource, useOrg } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { PickedBar } from './PickedBar.tsx'

interface BulkBarProps {
  resource: KnownResource
  rows: readonly Row[]
  onDone: () => void
}

/** What can be done to all picked records at once. */
export function BulkBar({ resource, rows, onDone }: BulkBarProps) {
  const org = useOrg()
  const [asking, setAsking] = useState<Act>()
  const opens = (act: string) => rows.some((row) => row.can?.[act] === true)
  const run = async (name: string, asked = {}) => {
    onDone()
    await actMany(org, resource, name, rows, asked).catch(toastFailure)
  }
  const isAside = rows.some((row) => row.archived_at)
  return (
    <PickedBar label={t('list.picked', { count: rows.length })} onClear={onDone}>
      <span role="status">{t('list.picked', { count: rows.length })}</span>
      {resource.acts
        .filter(({ name }) => opens(name))
        .map((act) => (
          <Button
            key={act.name}
            size="compact-md"
            variant="default"
            onClick={() => (act.asks && Object.keys(act.asks).length ? setAsking(act) : void run(act.name))}
          >
            {act.label}
          </Button>
        ))}
      {isAside
        ? opens('restore') && (
            <Button size="compact-md" variant="default" onClick={() => void run('restore')}>
              {t('record.restore')}
            </Button>
          )
        : opens('archive') && (
            <Button size="compact-md" variant="default" onClick={() => void run('archive')}>
              {t('record.archive')}
            </Button>
          )}
      {asking ? (
        <ActDialog
          act={asking}
          module={resource.module}
          onClose={() => setAsking(undefined)}
          onAct={(asked) => run(asking.name, asked)}
        />
      ) : null}
    </PickedBar>
  )
}
