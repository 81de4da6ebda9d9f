import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActButton } from '../parts/ActButton.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Invitations } from '../people/Invitations.tsx'
import { InviteDialog } from '../people/InviteDialog.tsx'
import '../roles/words.ts'
import { t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import { matrixQuery } from '../wire/roles.ts'
import { ListPage } from './ListPage.tsx'

/** Programs with keys sign in as well, and have a page of their own. */
const persons = { 'filter[kind]': 'person' }

/** Everybody who signs in to the org, and who has been asked to. */
export function PeoplePage() {
  const catalog = useCatalog()
  const [isInviting, setInviting] = useState(false)
  const resource = resourceByPath(catalog, 'users')
  const seesInvitations = resourceByPath(catalog, 'invitations') !== undefined
  const { data: matrix } = useQuery({ ...matrixQuery(catalog.org.slug), enabled: seesInvitations })
  if (!resource) return <Missing />
  const mayInvite = matrix?.can.invite
  return (
    <>
      <ListPage
        resource={resource}
        always={persons}
        above={seesInvitations ? <Invitations mayAct={mayInvite === true} /> : null}
        acts={
          mayInvite === undefined ? null : (
            <ActButton
              allowed={mayInvite}
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => setInviting(true)}
            >
              {t('people.invite')}
            </ActButton>
          )
        }
      />
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </>
  )
}
