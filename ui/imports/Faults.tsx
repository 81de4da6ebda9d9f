import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Icon } from '../parts/Icon.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { type Fault, faultsQuery, type Import, refusedFile } from '../wire/imports.ts'
import classes from './imports.module.css'

/** A row with several faults names its number once. */
const FaultTable = ({ faults }: { faults: readonly Fault[] }) => (
  <ScrollRegion className={classes['scroll']} labelledBy="faults">
    <table>
      <thead>
        <tr>
          <th scope="col" data-align="end">
            {t('imports.row')}
          </th>
          <th scope="col">{t('imports.column')}</th>
          <th scope="col">{t('imports.value')}</th>
          <th scope="col">{t('imports.why')}</th>
        </tr>
      </thead>
      <tbody>
        {faults.map(({ row: number, column, value, message }, index) => (
          <tr key={`${number}-${column ?? ''}-${index}`}>
            <td data-align="end">{faults[index - 1]?.row === number ? '' : number}</td>
            <td>{column}</td>
            <td data-value>{value}</td>
            <td>{message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollRegion>
)

/** Every refused row with its number, its column and what is wrong with it. */
export function Faults({ row }: { row: Import }) {
  const org = useOrg()
  const stamp = `${row.tried_at ?? ''}${row.finished_at ?? ''}${row.state}`
  const { data, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    faultsQuery(org, row.id, stamp),
  )
  const faults = data?.pages.flatMap((page) => page.data) ?? []
  if (!row.refused) return null
  return (
    <div className={classes['faults']}>
      <header>
        <h2 id="faults">{t('imports.faults', { count: row.refused })}</h2>
        <Button
          component="a"
          href={refusedFile(org, row.id)}
          download
          variant="default"
          size="compact-md"
          leftSection={<Icon name="download" size={16} />}
        >
          {t('imports.refusedRows')}
        </Button>
      </header>
      {isPending ? <Skeleton height={80} /> : null}
      <FaultTable faults={faults} />
      {hasNextPage ? (
        <Button
          variant="default"
          size="compact-md"
          mt="sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('list.loadMore')}
        </Button>
      ) : null}
    </div>
  )
}
