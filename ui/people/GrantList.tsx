import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '../fields/format.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { type Grant, type Grants, giveRole, matrixQuery, takeRole } from '../wire/roles.ts'
import { attempt } from './attempt.ts'
import classes from './people.module.css'

interface Person {
  readonly id: string
  readonly name: string
}

/** Roles that the person does not have yet, one click away. */
function Give({ person, grants }: { person: Person; grants: Grants }) {
  const org = useOrg()
  const { data: matrix } = useQuery(matrixQuery(org))
  const held = new Set(grants.data.map(({ role }) => role))
  const open = matrix?.roles.filter(({ id }) => !held.has(id)) ?? []
  const { create } = grants.can
  if (create !== true || !open.length) {
    return (
      <ActButton variant="default" size="compact-sm" allowed={create === true ? t('person.allGiven') : create}>
        {t('person.give')}
      </ActButton>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<Icon name="down" size={14} />}>
          {t('person.give')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {open.map(({ id, label }) => (
          <Menu.Item
            key={id}
            onClick={() =>
              void attempt(
                org,
                () => giveRole(org, person.id, id),
                t('person.given', { name: person.name, role: label }),
              )
            }
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Since when, and who gave it; behind what came with the organization stands nobody. */
const originOf = ({ granted_at: at, granted_by_name: by }: Grant) =>
  [t('person.since', { when: formatInstant(at) }), ...(by ? [t('person.grantedBy', { name: by })] : [])].join(', ')

function Line({ person, grant, grants }: { person: Person; grant: Grant; grants: Grants }) {
  const org = useOrg()
  const { role, label } = grant
  return (
    <li>
      <span>
        <strong>{label}</strong>
        <small>
          {originOf(grant)}
          {grant.requires_second_factor ? ` · ${t('person.needsFactor')}` : ''}
        </small>
      </span>
      <ActButton
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-label={t('person.takeRole', { role: label })}
        allowed={grants.can.delete}
        onClick={() =>
          void attempt(org, () => takeRole(org, person.id, role), t('person.taken', { name: person.name, role: label }))
        }
      >
        {t('person.takeAway')}
      </ActButton>
    </li>
  )
}

/** The roles of a person, with who gave each and when. */
export function GrantList({ person, grants }: { person: Person; grants: Grants }) {
  return (
    <section className={classes['block']} aria-labelledby="grants">
      <header>
        <h2 id="grants">{t('person.rolesTitle')}</h2>
        <Give person={person} grants={grants} />
      </header>
      {grants.data.length ? (
        <ul className={classes['grants']}>
          {grants.data.map((grant) => (
            <Line key={grant.role} person={person} grant={grant} grants={grants} />
          ))}
        </ul>
      ) : (
        <p data-quiet>{t('person.noRolesText')}</p>
      )}
    </section>
  )
}
