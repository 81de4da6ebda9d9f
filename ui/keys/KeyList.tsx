import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { type Allowed, useCatalog } from '../wire/catalog.ts'
import type { Key } from '../wire/keys.ts'
import type { Explanation } from '../wire/roles.ts'
import classes from './keys.module.css'
import { LastUse } from './LastUse.tsx'
import { Revoke } from './Revoke.tsx'
import { actsOf, spokenScopes, wholeOf } from './scopes.ts'
import { Standing } from './Standing.tsx'

const most = 3

const cut = (list: readonly string[], between: string) =>
  list.length > most
    ? t('apiKeys.more', { list: list.slice(0, most).join(between), count: list.length - most })
    : list.join(between)

/** What a key may do, as far as a line holds it; its page has all. */
function inShort({ scopes }: Key, me: Explanation | undefined): string {
  if (!me) return ''
  const { things, unknown } = spokenScopes(me.modules, scopes)
  const isWhole = ({ name, permissions }: (typeof things)[number]) =>
    permissions.length > most && permissions.length === wholeOf(me.modules, name)
  const told = things.map((thing) => {
    const acts = isWhole(thing) ? t('apiKeys.everything') : cut(actsOf(thing), ', ')
    return `${thing.label}: ${acts}`
  })
  return cut([...told, ...unknown], ' · ')
}

interface LineProps {
  row: Key
  me: Explanation | undefined
  mayRevoke: Allowed
}

function Line({ row, me, mayRevoke }: LineProps) {
  const { org, actor } = useCatalog()
  const owner = row.owner === actor.id ? t('apiKeys.you', { name: row.owner_name }) : row.owner_name
  return (
    <li data-state={row.state}>
      <div className={classes['lineHead']}>
        <Icon name="key" />
        <div className={classes['name']}>
          <Link {...links.key(org.slug, row.id)}>{row.name}</Link>
          <code>{row.prefix}…</code>
        </div>
        <Standing row={row} />
        {row.state === 'active' ? <Revoke row={row} allowed={mayRevoke} /> : null}
      </div>
      <dl>
        <div>
          <dt>{t('apiKeys.actsAs')}</dt>
          <dd>{owner}</dd>
        </div>
        <div>
          <dt>{t('apiKeys.may')}</dt>
          <dd>{inShort(row, me)}</dd>
        </div>
        <div>
          <dt>{t('apiKeys.lastUsed')}</dt>
          <dd>
            <LastUse row={row} />
          </dd>
        </div>
      </dl>
    </li>
  )
}

interface KeyListProps {
  rows: readonly Key[]
  me: Explanation | undefined
  mayRevoke: Allowed
  label: string
}

/** Keys, one below the other, with what tells whether each is still needed. */
export const KeyList = ({ rows, label, ...shared }: KeyListProps) => (
  <ul className={classes['list']} aria-label={label}>
    {rows.map((row) => (
      <Line key={row.id} row={row} {...shared} />
    ))}
  </ul>
)
