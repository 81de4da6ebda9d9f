import { Button } from '@mantine/core'
import { act, ActDialog, type KnownResource, type Row, toastFailure, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import { t } from '../t.ts'

/** What an officer does about a nomination: takes an answer by word of mouth, or removes a name with a reason. */
export function CandidateActs({ resource, row }: { resource: KnownResource; row: Row }) {
  const org = useOrg()
  const [isRemoving, setRemoving] = useState(false)
  const remove = resource.acts.find(({ name }) => name === 'remove')
  const name = String(row['name'])
  const may = (one: string) => row.can?.[one] === true
  return (
    <>
      {may('accept') && row['state'] === 'nominated' ? (
        <Button
          size="compact-md"
          variant="default"
          aria-label={t('office.candidates.accept', { name })}
          onClick={() => void act(org, resource, row, 'accept', {}).catch(toastFailure)}
        >
          {t('office.candidates.acceptShort')}
        </Button>
      ) : null}
      {may('remove') ? (
        <Button
          size="compact-md"
          variant="default"
          aria-label={t('office.candidates.remove', { name })}
          onClick={() => setRemoving(true)}
        >
          {t('office.candidates.removeShort')}
        </Button>
      ) : null}
      {isRemoving && remove ? (
        <ActDialog
          act={remove}
          module={resource.module}
          onClose={() => setRemoving(false)}
          onAct={(asked) => act(org, resource, row, 'remove', asked)}
        />
      ) : null}
    </>
  )
}
