import { ActionIcon, Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { readAll } from '../inbox/acts.ts'
import { Days } from '../inbox/Days.tsx'
import classes from '../inbox/inbox.module.css'
import { useInboxKeys } from '../inbox/use-inbox-keys.ts'
import '../inbox/words.ts'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { toast } from '../parts/toast.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { inboxQuery } from '../wire/inbox.ts'
import { unreadQuery } from '../wire/live.ts'

const Choose = () => {
  const way = links.notifications(useOrg())
  return (
    <Button
      variant="default"
      leftSection={<Icon name="gear" size={16} />}
      renderRoot={(props) => <Link {...way} {...props} />}
    >
      {t('shell.notifications')}
    </Button>
  )
}

/** On a phone there is room for the sign alone. */
const ChooseBriefly = () => {
  const way = links.notifications(useOrg())
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={t('shell.notifications')}
      renderRoot={(props) => <Link {...way} {...props} />}
    >
      <Icon name="gear" />
    </ActionIcon>
  )
}

function Nothing({ onlyUnread, onAll }: { onlyUnread: boolean; onAll: () => void }) {
  if (!onlyUnread)
    return (
      <Empty icon="bell" title={t('inbox.emptyTitle')} text={t('inbox.emptyText')}>
        <Choose />
      </Empty>
    )
  return (
    <Empty icon="check" title={t('inbox.caughtUp')} text={t('inbox.caughtUpText')}>
      <Button variant="default" onClick={onAll}>
        {t('inbox.showAll')}
      </Button>
    </Empty>
  )
}

/** What somebody was told in this organization, newest first. */
export function InboxPage() {
  const org = useOrg()
  const isPhone = useIsPhone()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const onlyUnread = search['show'] === 'unread'
  const { data: unread = 0 } = useQuery(unreadQuery(org))
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    inboxQuery(org, { onlyUnread }),
  )
  const items = data?.pages.flatMap((page) => page.data) ?? []
  useInboxKeys(org, items)
  const show = (which: string) => void navigate(links.inbox(org, which === 'unread' ? { show: 'unread' } : {}))
  const all = async () => {
    await readAll(org)
    toast(t('inbox.allRead'))
  }
  return (
    <div className={classes['page']}>
      <PageHead title={t('shell.bell')} note={unread ? t('inbox.unreadCount', { count: unread }) : undefined}>
        {isPhone ? <ChooseBriefly /> : <Choose />}
      </PageHead>
      <div className={classes['bar']}>
        <SegmentedControl
          aria-label={t('inbox.filter')}
          value={onlyUnread ? 'unread' : 'all'}
          onChange={show}
          data={[
            { value: 'all', label: t('inbox.all') },
            { value: 'unread', label: t('inbox.onlyUnread') },
          ]}
        />
        {unread ? (
          <Button variant="subtle" leftSection={<Icon name="check" size={16} />} onClick={() => void all()}>
            {t('inbox.readAll')}
          </Button>
        ) : null}
      </div>
      {isPending ? <Skeleton height={240} aria-busy /> : null}
      {error && !data ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data && !items.length ? <Nothing onlyUnread={onlyUnread} onAll={() => show('all')} /> : null}
      <Days items={items} />
      {items.length ? (
        <div className={classes['foot']}>
          {hasNextPage ? (
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('inbox.older')}
            </Button>
          ) : (
            t('inbox.end')
          )}
        </div>
      ) : null}
    </div>
  )
}
