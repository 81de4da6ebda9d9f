import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../fields/format.ts'
import classes from '../imports/imports.module.css'
import '../imports/words.ts'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { State, type Tone } from '../parts/State.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, useCatalog } from '../wire/catalog.ts'
import { type ImportLine, importsQuery, type ImportState } from '../wire/imports.ts'

const tones: Readonly<Record<ImportState, Tone>> = {
  reading: 'new',
  ready: 'new',
  trying: 'new',
  running: 'new',
  done: 'good',
  undoing: 'warn',
  undone: 'idle',
  failed: 'bad',
}

function Line({ row, resource }: { row: ImportLine; resource: KnownResource | undefined }) {
  const org = useCatalog().org.slug
  return (
    <li>
      <Link {...links.importFile(org, resource?.path ?? '', { id: row.id })}>
        <strong>{row.file_name}</strong>
        <span>{resource?.plural ?? row.resource}</span>
        <span data-quiet>
          {row.state === 'done'
            ? t('imports.counts', { imported: formatCount(row.imported), refused: formatCount(row.refused) })
            : t('imports.rows', { count: row.rows })}
        </span>
        <State tone={tones[row.state]}>{t(`imports.state.${row.state}`)}</State>
        <span data-quiet>
          {row.created_by_name} <Ago at={row.created_at} />
        </span>
      </Link>
    </li>
  )
}

/** All imports of the org, newest first: what each brought in, and the way into it. */
export function ImportsPage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    importsQuery(org),
  )
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const open = Object.values(catalog.resources).filter(({ permissions }) => permissions.import === true)
  const first = open.find(({ path, module }) => path === module) ?? open[0]
  const start = first ? (
    <Button renderRoot={(props) => <Link {...links.importFile(org, first.path)} {...props} />}>
      {t('palette.import', { plural: first.plural.toLowerCase() })}
    </Button>
  ) : null
  return (
    <>
      <PageHead title={t('imports.title')}>{rows.length ? start : null}</PageHead>
      {isPending ? <Skeleton height={160} /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data && !rows.length ? (
        <Empty icon="upload" title={t('imports.none')} text={t('imports.noneText')}>
          {start}
        </Empty>
      ) : null}
      {rows.length ? (
        <ul className={classes['list']}>
          {rows.map((row) => (
            <Line key={row.id} row={row} resource={catalog.resources[row.resource]} />
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('list.loadMore')}
        </Button>
      ) : null}
    </>
  )
}
