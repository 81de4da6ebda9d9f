import { useQuery } from '@tanstack/react-query'
import { formatExactInstant, formatInstant } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { type Editor, editorsQuery } from '../wire/live.ts'
import classes from './live.module.css'
import './words.ts'

const times = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' })

/** The time of day is enough, but for a form that has been open since yesterday. */
const since = (at: string) =>
  Date.now() - Date.parse(at) < 43_200_000 ? times.format(new Date(at)) : formatInstant(at)

function who([first, second, ...more]: readonly Editor[]): string {
  const names = { who: first?.name, other: second?.name }
  if (more.length) return t('live.editingMore', { ...names, count: more.length + 1 })
  return second ? t('live.editingTwo', names) : t('live.editing', names)
}

/** Who else has the form of a record open, and since when. `topic` is `members/ID`. */
export function Editors({ topic }: { topic: string }) {
  const { data: people = [] } = useQuery(editorsQuery(useOrg(), topic))
  const [first] = people
  return (
    <span role="status">
      {first ? (
        <span className={classes['editors']}>
          <Icon name="edit" size={14} />
          <span>
            {who(people)}{' '}
            <time data-quiet dateTime={first.since} title={formatExactInstant(first.since)}>
              {t('live.editingSince', { time: since(first.since) })}
            </time>
          </span>
        </span>
      ) : null}
    </span>
  )
}
