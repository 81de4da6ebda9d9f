import { labelOf } from '@commonhall/kernel'
import { formatValue } from '../fields/format.ts'
import { Ago } from '../parts/Ago.tsx'
import { type Sentence, t } from '../say.ts'
import type { KnownResource } from '../wire/catalog.ts'
import type { Change } from '../wire/records.ts'
import classes from './record.module.css'

const spoken: Readonly<Record<string, Sentence>> = {
  insert: 'history.create', create: 'history.create', update: 'history.update', archive: 'history.archive',
  restore: 'history.restore', delete: 'history.delete', import: 'history.import',
}

/** Columns of the house that change with every write say nothing to people. */
const isHouse = (name: string) => ['id', 'org_id', 'version', 'created_at', 'updated_at', 'archived_at'].includes(name)

const actOf = ({ act }: Change, resource: KnownResource | undefined) => {
  const known = spoken[act.split('.').at(-1) ?? act]
  return known ? t(known) : (resource?.acts.find(({ name }) => name === act)?.label.toLowerCase() ?? act)
}

/** One change in a sentence, with the old and new values under it. */
export function ChangeLine({ change, resource }: { change: Change; resource: KnownResource | undefined }) {
  const isNew = /insert|create/.test(change.act)
  const changed = Object.entries(change.changes ?? {}).filter(
    ([name, pair]) => !isHouse(name) && Array.isArray(pair) && !isNew && resource?.fields[name],
  )
  const show = (name: string, value: unknown) => {
    const field = resource?.fields[name]
    if (field?.kind === 'ref') return value ? t('history.record') : t('history.nothing')
    return formatValue(field, value, undefined, resource?.module) || t('history.nothing')
  }
  return (
    <div className={classes['change']}>
      <p>
        <b>{change.actor_name ?? t('history.house')}</b> {actOf(change, resource)}{' '}
        <span data-quiet>
          <Ago at={change.at} />
        </span>
      </p>
      {changed.length ? (
        <ul>
          {changed.map(([name, [before, after]]) => (
            <li key={name}>
              {labelOf(resource?.fields ?? {}, name)}: <del>{show(name, before)}</del> <span aria-hidden>→</span>{' '}
              <ins>{show(name, after)}</ins>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
