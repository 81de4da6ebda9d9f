import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { LoadMore } from '../list/LoadMore.tsx'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type Allowed, type KnownResource, resourceByPath, useCatalog, useOrg } from '../wire/catalog.ts'
import type { Key } from '../wire/keys.ts'
import { listQuery } from '../wire/records.ts'
import { type Explanation, explanationQuery } from '../wire/roles.ts'
import { Accounts } from './Accounts.tsx'
import { KeyList } from './KeyList.tsx'
import classes from './keys.module.css'
import { mayI } from './may.ts'

const working = { 'filter[state]': 'active' }
const ended = { 'filter[state]': ['expired', 'revoked'] }

const useKeys = (query: typeof working | typeof ended) => {
  const answer = useInfiniteQuery(listQuery(useOrg(), 'api-keys', query))
  const rows = answer.data?.pages.flatMap(({ data }) => data as readonly Key[])
  return { answer, rows, total: answer.data?.pages[0]?.total ?? 0 }
}

interface GoneProps {
  me: Explanation | undefined
  plural: string
}

/** Keys that open nothing any more, for whoever wonders what became of one. */
function Gone({ me, plural }: GoneProps) {
  const [isOpen, setOpen] = useState(false)
  const { answer, rows, total } = useKeys(ended)
  if (!rows?.length) return null
  return (
    <section className={classes['gone']}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={isOpen}
        leftSection={<Icon name={isOpen ? 'down' : 'chevron'} size={14} />}
        onClick={() => setOpen(!isOpen)}
      >
        {t('apiKeys.over', { count: total })}
      </Button>
      {isOpen ? (
        <>
          <KeyList rows={rows} me={me} mayRevoke label={t('apiKeys.over', { count: total })} />
          {answer.hasNextPage ? <LoadMore answer={answer} shown={rows.length} total={total} plural={plural} /> : null}
        </>
      ) : null}
    </section>
  )
}

/** The way to a new key, or why it is closed. */
function New({ allowed }: { allowed: Allowed }) {
  const org = useOrg()
  const navigate = useNavigate()
  const icon = <Icon name="plus" size={16} />
  if (allowed === true)
    return (
      <Button leftSection={icon} renderRoot={(props) => <Link {...links.newKey(org)} {...props} />}>
        {t('apiKeys.new')}
      </Button>
    )
  return (
    <ActButton allowed={allowed} leftSection={icon} onClick={() => void navigate(links.newKey(org))}>
      {t('apiKeys.new')}
    </ActButton>
  )
}

function Keys({ resource }: { resource: KnownResource }) {
  const { data: me } = useQuery(explanationQuery(useOrg(), 'me'))
  const { answer, rows, total } = useKeys(working)
  const create = me ? <New allowed={mayI(me, 'foundation.api_key.create')} /> : null
  return (
    <>
      <PageHead title={t('apiKeys.title')} note={rows?.length ? t('apiKeys.count', { count: total }) : undefined}>
        {rows?.length ? create : null}
      </PageHead>
      {rows?.length ? (
        <>
          <KeyList rows={rows} me={me} mayRevoke={mayI(me, 'foundation.api_key.delete')} label={t('apiKeys.title')} />
          {answer.hasNextPage ? (
            <LoadMore answer={answer} shown={rows.length} total={total} plural={resource.plural} />
          ) : null}
        </>
      ) : rows ? (
        <Empty icon="key" title={t('apiKeys.emptyTitle')} text={t('apiKeys.emptyText')}>
          {create}
        </Empty>
      ) : answer.isPending ? (
        <Skeleton height={220} aria-busy />
      ) : (
        <Trouble failure={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {rows ? <Gone me={me} plural={resource.plural} /> : null}
      {rows ? <Accounts /> : null}
    </>
  )
}

/** The programs that come in: what each may do, and when it last came. */
export function KeysPage() {
  const resource = resourceByPath(useCatalog(), 'api-keys')
  return resource ? <Keys resource={resource} /> : <Missing />
}
