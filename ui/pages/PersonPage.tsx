import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { MyData } from '../personal/MyData.tsx'
import { About } from '../people/About.tsx'
import { Explain } from '../people/Explain.tsx'
import { GrantList } from '../people/GrantList.tsx'
import classes from '../people/people.module.css'
import { PersonActs } from '../people/PersonActs.tsx'
import { History } from '../record/History.tsx'
import record from '../record/record.module.css'
import '../roles/words.ts'
import { t } from '../say.ts'
import { type KnownResource, mayReadHistory, resourceByPath, useCatalog } from '../wire/catalog.ts'
import { recordQuery } from '../wire/records.ts'
import { explanationQuery, grantsQuery } from '../wire/roles.ts'

/** What anybody may know about themselves. */
const Mine = () => (
  <>
    <PageHead title={t('person.canYou')} />
    <MyData />
    <Explain id="me" />
  </>
)

function Person({ resource, id }: { resource: KnownResource; id: string }) {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { data: row, error, isPending, refetch } = useQuery(recordQuery(org, resource.path, id))
  // Who may not see the roles of others is told no here, and simply does not see them.
  const { data: grants } = useQuery(grantsQuery(org, id))
  const who = catalog.actor.id === id ? 'me' : id
  const { data: all } = useQuery({ ...explanationQuery(org, who), enabled: who === 'me' || grants !== undefined })
  if (isPending) return <Skeleton height={320} mt="2.5rem" />
  if (!row) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  const state = resource.fields['state']
  return (
    <>
      <PageHead
        title={`${row['name']}`}
        note={state ? <Value field={state} name="state" row={row} module={resource.module} /> : undefined}
        trail={<Trail to={links.people(org)} label={resource.plural} />}
      >
        <PersonActs row={row} />
      </PageHead>
      {row['state'] === 'disabled' ? (
        <p className={classes['note']} role="note">
          <Icon name="lock" size={16} /> {t('person.disabledNote')}
        </p>
      ) : null}
      <div className={record['columns']}>
        <div className={classes['main']}>
          {grants ? <GrantList person={{ id, name: `${row['name']}` }} grants={grants} /> : null}
          {grants || who === 'me' ? (
            <Explain id={who} title={t(who === 'me' ? 'person.canYou' : 'person.can')} />
          ) : null}
        </div>
        <div className={classes['side']}>
          <About row={row} all={all} />
          {mayReadHistory(catalog) ? <History resource={resource} id={id} /> : null}
        </div>
      </div>
    </>
  )
}

/** One person in this org: roles, own record, and what they can do and why. */
export function PersonPage() {
  const { id = '' } = useParams({ strict: false })
  const resource = resourceByPath(useCatalog(), 'users')
  if (id === 'me') return <Mine />
  return resource ? <Person key={id} resource={resource} id={id} /> : <Missing />
}
