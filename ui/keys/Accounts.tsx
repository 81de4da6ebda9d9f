import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { accountsQuery } from '../wire/keys.ts'
import classes from './keys.module.css'

/** The accounts of programs, each leading to its page with roles, shutting out and removing. */
export function Accounts() {
  const org = useOrg()
  const { data } = useQuery(accountsQuery(org))
  if (!data?.data.length) return null
  return (
    <section className={classes['accounts']} aria-labelledby="accounts">
      <h2 id="accounts">{t('apiKeys.accounts')}</h2>
      <ul>
        {data.data.map((row) => (
          <li key={row.id}>
            <Link {...links.person(org, row.id)}>{`${row['name']}`}</Link>
            <span data-quiet>
              {row['state'] === 'disabled' ? t('apiKeys.shutOut') : `${row['roles'] ?? t('apiKeys.noRoles')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
