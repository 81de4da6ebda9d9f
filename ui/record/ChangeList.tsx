import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { useCatalog, useOrg } from '../wire/catalog.ts'
import { type Change, recordQuery, type Row, titleOf } from '../wire/records.ts'
import { ChangeLine, isGone, isNew, Told } from './ChangeLine.tsx'
import classes from './record.module.css'

/** Runs of the same act by the same person on the same kind of record: an import reads as one line, not as fifty. */
function runsOf(changes: readonly Change[]): Change[][] {
  const runs: Change[][] = []
  for (const change of changes) {
    const last = runs.at(-1)?.[0]
    const isSame =
      last && last.actor_name === change.actor_name && last.act === change.act && last.resource === change.resource
    if (isSame && change.act !== 'update') runs.at(-1)?.push(change)
    else runs.push([change])
  }
  return runs
}

/** What records are called: from the values of their creation, or else asked for one by one while there are few. */
function useTitles(changes: readonly Change[]): ReadonlyMap<string, string> {
  const org = useOrg()
  const { resources } = useCatalog()
  const titles = new Map<string, string>()
  const asked = new Map<string, Change>()
  for (const change of changes) {
    const resource = resources[change.resource]
    if (!resource || !change.record) continue
    if (change.title) titles.set(change.record, change.title)
    else if ((isNew(change) || isGone(change)) && change.changes) {
      const values = Object.fromEntries(
        Object.entries(change.changes).map(([name, pair]) => [name, pair?.[isGone(change) ? 0 : 1]]),
      )
      titles.set(change.record, titleOf(resource, values as unknown as Row))
    } else if (asked.size < 20) asked.set(change.record, change)
  }
  const wanted = [...asked.values()].filter(({ record }) => !titles.has(record))
  const answers = useQueries({
    queries: wanted.map(({ resource, record }) => ({
      ...recordQuery(org, resources[resource]?.path ?? '', record),
      staleTime: 60_000,
    })),
  })
  for (const [index, { resource, record }] of wanted.entries()) {
    const known = resources[resource]
    if (known) titles.set(record, titleOf(known, answers[index]?.data))
  }
  return titles
}

/** Changes to records of all kinds, newest first. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { org, resources } = useCatalog()
  const runs = runsOf(changes)
  const titles = useTitles(runs.filter(({ length }) => length < 3).flat())
  return (
    <ol className={classes['changes']}>
      {runs.flatMap((run) => {
        const [first] = run
        const resource = first && resources[first.resource]
        if (!first) return []
        if (run.length >= 3) {
          const plural = resource?.plural.toLowerCase() ?? first.resource
          const object = resource ? (
            <Link {...links.list(org.slug, resource.path)}>{t('history.many', { count: run.length, plural })}</Link>
          ) : (
            plural
          )
          return (
            <li key={first.id} className={classes['change']}>
              <Told change={first} resource={resource} object={object} />
            </li>
          )
        }
        return run.map((change) => (
          <li key={change.id}>
            <ChangeLine
              change={change}
              resource={resource}
              title={titles.get(change.record) ?? resource?.label ?? change.resource}
            />
          </li>
        ))
      })}
    </ol>
  )
}
