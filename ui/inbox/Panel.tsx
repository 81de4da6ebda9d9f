import { Button, CloseButton, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { inboxQuery } from '../wire/inbox.ts'
import { unreadQuery } from '../wire/live.ts'
import { readAll } from './acts.ts'
import classes from './inbox.module.css'
import { Item } from './Item.tsx'
import './words.ts'

/** As many as one takes in at a glance; the page has all. */
const few = 12

function Newest({ onClose }: { onClose: () => void }) {
  const org = useOrg()
  const { data, error, isPending, refetch } = useInfiniteQuery(inboxQuery(org, { limit: few }))
  const items = data?.pages[0]?.data ?? []
  if (isPending) return <Skeleton height={64} m="1rem" w="auto" aria-busy />
  if (!data) return <Trouble failure={error} onRetry={() => void refetch()} />
  if (!items.length) return <Empty icon="bell" title={t('inbox.emptyTitle')} text={t('inbox.emptyText')} isSmall />
  return (
    <ul className={classes['items']} data-steady aria-label={t('shell.bell')}>
      {items.map((item) => (
        <Item key={item.id} item={item} isShort onFollow={onClose} />
      ))}
    </ul>
  )
}

/** The newest messages, beside the page one is at. A dialog of the browser's own, which gives the focus back. */
export default function Panel({ onClose }: { onClose: () => void }) {
  const org = useOrg()
  const dialog = useRef<HTMLDialogElement>(null)
  const { data: unread = 0 } = useQuery(unreadQuery(org))
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={classes['panel']} aria-labelledby="newest" onClose={onClose} closedby="any">
      <div data-head>
        <h2 id="newest">{t('shell.bell')}</h2>
        {unread ? (
          <Button variant="subtle" size="compact-sm" onClick={() => void readAll(org)}>
            {t('inbox.readAll')}
          </Button>
        ) : null}
        <CloseButton size="lg" aria-label={t('shell.closeDialog')} onClick={onClose} />
      </div>
      <div className={classes['newest']}>
        <Newest onClose={onClose} />
      </div>
      <div data-foot>
        <Link {...links.inbox(org)} onClick={onClose}>
          {t('inbox.seeAll')} <Icon name="arrow" size={14} />
        </Link>
        <Link {...links.notifications(org)} onClick={onClose}>
          <Icon name="gear" size={14} /> {t('shell.notifications')}
        </Link>
      </div>
    </dialog>
  )
}
