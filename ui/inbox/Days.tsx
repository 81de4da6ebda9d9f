import { t } from '../say.ts'
import type { InboxItem } from '../wire/inbox.ts'
import classes from './inbox.module.css'
import { Item } from './Item.tsx'

const days = new Intl.DateTimeFormat('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })

function dayOf(at: string): string {
  const day = days.format(new Date(at))
  if (day === days.format(Date.now())) return t('inbox.today')
  return day === days.format(Date.now() - 86_400_000) ? t('inbox.yesterday') : day
}

/** Messages by the day on which they came, newest first. */
export function Days({ items }: { items: readonly InboxItem[] }) {
  const byDay = Map.groupBy(items, ({ created_at: at }) => dayOf(at))
  return [...byDay].map(([day, ofDay]) => (
    <section key={day} className={classes['day']} aria-label={day}>
      <h2>{day}</h2>
      <ul className={classes['items']} data-steady>
        {ofDay.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
    </section>
  ))
}
