import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import '../audit/words.ts'
import { AuditDays } from '../audit/AuditDays.tsx'
import { AuditFilters } from '../audit/AuditFilters.tsx'
import classes from '../audit/audit.module.css'
import { Proof } from '../audit/Proof.tsx'
import { LoadMore } from '../list/LoadMore.tsx'
import { MoreMenu } from '../list/MoreMenu.tsx'
import { isNarrowed, useListSearch } from '../list/search.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, resourceByPath, useCatalog } from '../wire/catalog.ts'
import { changesQuery } from '../wire/records.ts'

/** How the trail is proven is for everybody to see; what is in it, for few. */
export function AuditPage() {
  const trail = resourceByPath(useCatalog(), 'audit')
  if (trail) return <Trail trail={trail} />
  return (
    <>
      <PageHead title={t('audit.title')} />
      <p className={classes['intro']}>{t('audit.notYours')}</p>
      <Proof isOpen />
    </>
  )
}

/** Who did what in the whole org, newest first: changes, sign-ins, refusals, looks at what is sensitive. */
function Trail({ trail }: { trail: KnownResource }) {
  const catalog = useCatalog()
  const list = useListSearch()
  const answer = useInfiniteQuery(changesQuery(catalog.org.slug, { ...list.query, limit: 50 }))
  const lines = answer.data?.pages.flatMap((page) => page.data) ?? []
  const isNarrow = isNarrowed(list.search)
  return (
    <>
      <PageHead title={t('audit.title')}>
        <MoreMenu resource={trail} list={list} />
      </PageHead>
      <p className={classes['intro']}>{t('audit.intro')}</p>
      <Proof />
      <AuditFilters list={list} title={lines.find(({ title }) => title)?.title ?? undefined} />
      {answer.isPending ? <Skeleton height={240} mt="lg" /> : null}
      {answer.isError ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data && !lines.length ? (
        <Empty
          icon={isNarrow ? 'search' : 'history'}
          title={t(isNarrow ? 'audit.none' : 'audit.empty')}
          text={t(isNarrow ? 'audit.noneText' : 'audit.emptyText')}
        >
          {isNarrow ? (
            <Button variant="default" onClick={list.clear}>
              {t('list.clear')}
            </Button>
          ) : null}
        </Empty>
      ) : null}
      <AuditDays lines={lines} />
      {lines.length ? (
        <LoadMore answer={answer} shown={lines.length} total={undefined} plural={t('audit.entries')} />
      ) : null}
    </>
  )
}
