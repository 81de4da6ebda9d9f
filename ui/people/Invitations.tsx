import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { toast, toastFailure } from '../parts/toast.tsx'
import { formatInstant } from '../fields/format.ts'
import { t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { call } from '../wire/http.ts'
import type { Row, RowPage } from '../wire/records.ts'
import { actOnInvitation } from '../wire/roles.ts'
import classes from './people.module.css'

const act = async (org: string, row: Row, name: 'resend' | 'revoke') => {
  try {
    await actOnInvitation(org, row.id, name)
    toast(t(name === 'resend' ? 'people.resent' : 'people.revoked', { email: row['email'] }))
  } catch (failure) {
    toastFailure(failure)
  }
  await client.invalidateQueries({ queryKey: ['org', org] })
}

function Line({ org, row, mayAct }: { org: string; row: Row; mayAct: boolean }) {
  const email = `${row['email']}`
  const isExpired = row['state'] === 'expired'
  const when = `${row['expires_at']}`
  return (
    <li>
      <span className={classes['who']}>
        <strong>{`${row['name']}`}</strong>
        <span data-quiet>{email}</span>
      </span>
      <span className={classes['what']}>
        {[row['roles'], row['stands_for']].filter(Boolean).join(', ')}
        <span data-quiet>
          {t('people.invitedBy', { name: row['invited_by_name'] ?? row.titles?.['invited_by'] ?? '' })},{' '}
          {isExpired ? t('people.expired', { when: formatInstant(when) }) : <Ago at={row.created_at} />}
        </span>
      </span>
      {mayAct ? (
        <span className={classes['acts']}>
          <Button size="compact-sm" variant="default" onClick={() => void act(org, row, 'resend')}>
            {t('people.resend')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void act(org, row, 'revoke')}>
            {t('people.revoke')}
          </Button>
        </span>
      ) : null}
    </li>
  )
}

/** So many are shown at once: the list of people stands below. */
const first = 3

/** Who has been asked to come, and has not come yet. */
export function Invitations({ mayAct }: { mayAct: boolean }) {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const known = resourceByPath(catalog, 'invitations')
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({
    queryKey: ['org', org, 'list', 'invitations', 'open'],
    queryFn: ({ signal }) =>
      call<RowPage>('GET', `/orgs/${org}/invitations`, {
        query: { 'filter[state]': ['pending', 'expired'], limit: 50, sort: '-created_at' },
        signal,
      }),
    enabled: known !== undefined,
  })
  if (!data?.data.length) return null
  const count = data.data.length
  const rows = isOpen || count === first + 1 ? data.data : data.data.slice(0, first)
  return (
    <section className={classes['invitations']} aria-labelledby="invitations">
      <header>
        <h2 id="invitations">{t('people.open')}</h2>
        <Anchor renderRoot={(props) => <Link {...links.list(org, 'invitations')} {...props} />}>
          {t('people.allInvitations')}
        </Anchor>
      </header>
      <ul>
        {rows.map((row) => (
          <Line key={row.id} org={org} row={row} mayAct={mayAct} />
        ))}
      </ul>
      {rows.length < count ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          {t('people.showOpen', { count })}
        </Button>
      ) : null}
    </section>
  )
}
