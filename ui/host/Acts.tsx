import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatBytes, formatChoice } from '../fields/format.ts'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type HostAct, hostActsQuery } from '../wire/host.ts'
import classes from './host.module.css'

const known = [
  'found',
  'change',
  'switch-on',
  'switch-off',
  'suspend',
  'resume',
  'invite-admin',
  'set-file-quota',
  'retry-jobs',
  'discard-jobs',
  'export',
  'erase',
] as const

function didOf({ act, new: after }: HostAct): string {
  if (act === 'set-file-quota' && after['bytes'] === undefined) return t('host.did.usual-file-quota')
  const name = known.find((one) => one === act)
  const told = {
    ...after,
    ...(after['module'] ? { module: formatChoice(`${after['module']}`) } : {}),
    room: formatBytes(Number(after['bytes'] ?? 0)),
  }
  return name ? t(`host.did.${name}`, told) : t('host.didOther', { act })
}

/** What hosts did, to one org or to all of them, the newest first. */
export function Acts({ org = '' }: { org?: string }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    hostActsQuery(org),
  )
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  if (isPending) return <Skeleton height={120} />
  if (error) return <Trouble failure={error} onRetry={() => void refetch()} />
  if (!rows.length) return <p className={classes['quiet']}>{t('host.noActs')}</p>
  return (
    <>
      <ul className={classes['acts']}>
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>{row.host_name}</strong> {didOf(row)}
            </p>
            <p className={classes['small']}>
              <Ago at={row.at} />
              {org ? null : (
                <>
                  {' · '}
                  {row.org ? <Link {...links.hostOrg(row.org)}>{row.org}</Link> : t('host.ofHouse')}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <Button
          variant="default"
          size="compact-sm"
          mt="md"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('host.more')}
        </Button>
      ) : null}
    </>
  )
}
