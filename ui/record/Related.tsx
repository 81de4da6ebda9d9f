import { Button, Skeleton } from '@mantine/core'
import { labelOf } from '@commonhall/kernel'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RecordLink } from '../fields/RecordLink.tsx'
import { Value } from '../fields/Value.tsx'
import { links } from '../links.ts'
import { Trouble } from '../parts/Trouble.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { t } from '../say.ts'
import { type KnownResource, pointersTo, useCatalog, useOrg } from '../wire/catalog.ts'
import { listQuery, type Row } from '../wire/records.ts'
import classes from './record.module.css'

interface RelatedProps {
  resource: KnownResource
  field: string
  row: Row
}

const few = 8

function RelatedList({ resource, field, row }: RelatedProps) {
  const org = useOrg()
  const filter = { [`filter[${field}]`]: row.id }
  const { data, error, isPending, refetch } = useInfiniteQuery(listQuery(org, resource.path, filter, few))
  const rows = data?.pages[0]?.data ?? []
  const total = data?.pages[0]?.total ?? rows.length
  const columns = resource.views.list.filter((name) => name !== field && resource.fields[name])
  const id = `related-${resource.path}-${field}`
  return (
    <div className={classes['related']}>
      <header>
        <h2 id={id}>
          {resource.plural} {total ? <span data-quiet>{total}</span> : null}
        </h2>
        {total > few ? <Link {...links.list(org, resource.path, filter)}>{t('record.seeAll')}</Link> : null}
        {resource.permissions.create === true && !row.archived_at ? (
          <Button
            variant="default"
            size="compact-sm"
            renderRoot={(props) => <Link {...links.create(org, resource.path, { [field]: row.id })} {...props} />}
          >
            {t('record.addRelated', { label: resource.label.toLowerCase() })}
          </Button>
        ) : null}
      </header>
      {isPending ? <Skeleton height={36} /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data && !rows.length ? (
        <p data-quiet>{t('record.noneRelated', { plural: resource.plural.toLowerCase() })}</p>
      ) : null}
      {rows.length ? (
        <ScrollRegion className={classes['relatedScroll']} labelledBy={id}>
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {labelOf(resource.fields, name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <RelatedLine key={one.id} resource={resource} columns={columns} row={one} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      ) : null}
    </div>
  )
}

interface RelatedLineProps {
  resource: KnownResource
  columns: readonly string[]
  row: Row
}

const RelatedLine = ({ resource, columns, row }: RelatedLineProps) => (
  <tr>
    {columns.map((name, index) => {
      const field = resource.fields[name]
      if (!field) return null
      return (
        <td key={name}>
          {index === 0 ? (
            <RecordLink resource={resource} row={row} name={name} />
          ) : (
            <Value field={field} name={name} row={row} module={resource.module} />
          )}
        </td>
      )
    })}
  </tr>
)

interface AllRelatedProps {
  resource: KnownResource
  row: Row
  /** Kinds of records, by their full names, that the page shows in its own way. */
  without?: readonly string[] | undefined
}

/** Lists of all that points to this record: a member's occupancies, a unit's occupants. */
export function Related({ resource, row, without = [] }: AllRelatedProps) {
  const pointers = pointersTo(useCatalog(), resource.name)
  return pointers
    .filter(({ resource: other }) => other.permissions.read === true && !without.includes(other.name))
    .map(({ resource: other, field }) => (
      <RelatedList key={`${other.name}.${field}`} resource={other} field={field} row={row} />
    ))
}
