import { ActionIcon } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { Ago } from '../parts/Ago.tsx'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import type { InboxItem } from '../wire/inbox.ts'
import { setRead } from './acts.ts'
import classes from './inbox.module.css'

interface ItemProps {
  item: InboxItem
  /** In the panel there is room for a line or two. */
  isShort?: boolean
  onFollow?: () => void
}

/** Addresses in messages are those within the org's pages. */
const wayTo = (org: string, path: string): LinkProps => {
  const [pathname = '', search = ''] = path.split('?')
  return { to: `/o/${org}${pathname}`, search: Object.fromEntries(new URLSearchParams(search)) } as LinkProps
}

/** What it says; in brief only how it begins. */
const Told = ({ item: { paragraphs, facts }, isShort }: Required<Pick<ItemProps, 'item' | 'isShort'>>) => (
  <>
    {paragraphs.slice(0, isShort ? 1 : undefined).map((text) => (
      <p key={text} data-text>
        {text}
      </p>
    ))}
    {facts.length && !isShort ? (
      <dl>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    ) : null}
  </>
)

/** One message: what it is about, when it came, and where it leads. */
export function Item({ item, isShort = false, onFollow }: ItemProps) {
  const org = useOrg()
  const isUnread = !item.read_at
  const follow = () => {
    setRead(org, item, true)
    onFollow?.()
  }
  const title = (
    <>
      {isUnread ? <span className="mantine-visually-hidden">{t('inbox.isUnread')} </span> : null}
      {item.title}
    </>
  )
  return (
    <li className={classes['item']} data-unread={isUnread || undefined} data-short={isShort || undefined}>
      <span className={classes['dot']} aria-hidden />
      <div className={classes['said']}>
        <p data-kind>
          {item.label} · <Ago at={item.created_at} />
        </p>
        <h3>
          {item.path ? (
            <Link {...wayTo(org, item.path)} onClick={follow} data-item={item.id}>
              {title}
            </Link>
          ) : (
            <button type="button" onClick={follow} data-item={item.id}>
              {title}
            </button>
          )}
        </h3>
        <Told item={item} isShort={isShort} />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t(isUnread ? 'inbox.read' : 'inbox.unread', { title: item.title })}
        title={t(isUnread ? 'inbox.readShort' : 'inbox.unreadShort')}
        onClick={() => setRead(org, item, isUnread)}
      >
        <Icon name={isUnread ? 'check' : 'undo'} size={16} />
      </ActionIcon>
    </li>
  )
}
