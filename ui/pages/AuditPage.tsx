import { Button, Group, NativeSelect, Skeleton, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { LoadMore } from '../list/LoadMore.tsx'
import { askedOf, isNarrowed, useListSearch } from '../list/search.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ChangeList } from '../record/ChangeList.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { changesQuery } from '../wire/records.ts'

const day = (instant = '') => instant.slice(0, 10)

/** Who changed what in the whole org, newest first. */
export function AuditPage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const list = useListSearch()
  const answer = useInfiniteQuery(changesQuery(org, { ...list.query, limit: 50 }))
  const changes = answer.data?.pages.flatMap((page) => page.data) ?? []
  const kinds = Object.values(catalog.resources).filter(({ traits }) => traits.includes('audited'))
  const kind = list.search['filter[resource]'] ?? ''
  const when = askedOf(list.search, 'at')
  const between = (end: 'gte' | 'lte', date: string) =>
    list.filter('at', { ...when, [end]: date && date + (end === 'gte' ? 'T00:00:00.000Z' : 'T23:59:59.999Z') })
  return (
    <>
      <PageHead title={t('audit.title')} />
      <Group align="end" mb="lg" gap="sm">
        <NativeSelect
          label={t('audit.kind')}
          value={kind}
          onChange={(event) => list.filter('resource', { eq: event.currentTarget.value })}
          data={[
            { value: '', label: t('audit.all') },
            ...kinds.map(({ name, plural }) => ({ value: name, label: plural })),
          ]}
        />
        <TextInput
          type="date"
          label={t('audit.from')}
          value={day(when.gte)}
          onChange={(event) => between('gte', event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('audit.until')}
          value={day(when.lte)}
          onChange={(event) => between('lte', event.currentTarget.value)}
        />
      </Group>
      {answer.isPending ? <Skeleton height={240} /> : null}
      {answer.isError ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data && !changes.length ? (
        <Empty icon="history" title={t('audit.empty')} text={t('audit.emptyText')}>
          {isNarrowed(list.search) ? (
            <Button variant="default" onClick={list.clear}>
              {t('list.clear')}
            </Button>
          ) : null}
        </Empty>
      ) : null}
      <ChangeList changes={changes} />
      {changes.length ? (
        <LoadMore answer={answer} shown={changes.length} total={undefined} plural={t('audit.entries')} />
      ) : null}
    </>
  )
}
