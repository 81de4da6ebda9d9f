import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Invitations } from '../people/Invitations.tsx'
import '../roles/words.ts'
import { t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import { matrixQuery } from '../wire/roles.ts'
import { ListPage } from './whole-pages.tsx'

const InviteDialog = lazy(async () => ({ default: (await import('../people/InviteDialog.tsx')).InviteDialog }))

/** Programs with keys sign in as well, and have a page of their own. */
const persons = { 'filter[kind]': 'person' }

function useMayInvite() {
  const catalog = useCatalog()
  const seesInvitations = resourceByPath(catalog, 'invitations') !== undefined
  const { data: matrix } = useQuery({ ...matrixQuery(catalog.org.slug), enabled: seesInvitations })
  return { seesInvitations, mayInvite: matrix?.can.invite }
}

/** The way to a new invitation. */
function Invite() {
  const { mayInvite } = useMayInvite()
  const [isInviting, setInviting] = useState(false)
  if (mayInvite === undefined) return null
  return (
    <>
      <ActButton allowed={mayInvite} leftSection={<Icon name="plus" size={16} />} onClick={() => setInviting(true)}>
        {t('people.invite')}
      </ActButton>
      {isInviting ? (
        <Suspense fallback={null}>
          <InviteDialog onClose={() => setInviting(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Everybody who signs in to the org, and who has been asked to. */
export function PeoplePage() {
  const resource = resourceByPath(useCatalog(), 'users')
  const { seesInvitations, mayInvite } = useMayInvite()
  if (!resource) return <Missing />
  return (
    <ListPage
      resource={resource}
      always={persons}
      above={seesInvitations ? <Invitations mayAct={mayInvite === true} /> : null}
      acts={<Invite />}
    />
  )
}

/** Everybody who has ever been asked to come in, and what became of it. */
export function InvitationsPage() {
  const catalog = useCatalog()
  const resource = resourceByPath(catalog, 'invitations')
  if (!resource) return <Missing />
  const trail = <Trail to={links.people(catalog.org.slug)} label={resourceByPath(catalog, 'users')?.plural ?? ''} />
  return <ListPage resource={resource} trail={trail} acts={<Invite />} />
}
