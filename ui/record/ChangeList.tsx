import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import type { Change } from '../wire/records.ts'
import { ChangeLine, Told } from './ChangeLine.tsx'
import classes from './record.module.css'

/** What differs from one to the next is the news: new values, files by their names. */
const toldAlone = ['update', 'attach', 'replace', 'detach', 'put-back', 'change-file', 'file-held', 'link-file']

/** Runs of the same act by the same person on the same kind of record: an import reads as one line, not as fifty. */
export function runsOf(changes: readonly Change[]): Change[][] {
  const runs: Change[][] = []
  for (const change of changes) {
    const last = runs.at(-1)?.[0]
    const isSame =
      last && last.actor_name === change.actor_name && last.act === change.act && last.resource === change.resource
    if (isSame && !toldAlone.includes(change.act) && (change.kind ?? 'change') === 'change') runs.at(-1)?.push(change)
    else runs.push([change])
  }
  // Two are told one by one.
  return runs.flatMap((run) => (run.length < 3 ? run.map((one) => [one]) : [run]))
}

/** Changes to records of all kinds, newest first. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { org, resources } = useCatalog()
  return (
    <ol className={classes['changes']}>
      {runsOf(changes).flatMap((run) => {
        const [first] = run
        if (!first) return []
        const resource = resources[first.resource]
        if (run.length === 1) {
          const title = first.title ?? resource?.label ?? first.resource
          return (
            <li key={first.id}>
              <ChangeLine change={first} resource={resource} title={title} />
            </li>
          )
        }
        const plural = resource?.plural.toLowerCase() ?? first.resource
        const many = t('history.many', { count: run.length, plural })
        const object = resource ? <Link {...links.list(org.slug, resource.path)}>{many}</Link> : many
        return (
          <li key={first.id} className={classes['change']}>
            <Told change={first} resource={resource} object={object} />
          </li>
        )
      })}
    </ol>
  )
}
