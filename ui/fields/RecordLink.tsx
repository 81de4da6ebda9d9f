import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { type Row, titleOf } from '../wire/records.ts'
import { formatValue } from './format.ts'

interface RecordLinkProps {
  resource: KnownResource
  row: Row
  /** The field whose value is shown. */
  name: string
  className?: string | undefined
}

/**
 * The first cell of a row leads to its record. By ear it is called by the record's whole title, as far as that holds
 * what is seen; a cell that is empty shows the title.
 */
export function RecordLink({ resource, row, name, className }: RecordLinkProps) {
  const org = useOrg()
  const title = titleOf(resource, row)
  const text = formatValue(resource.fields[name], row[name], row.titles?.[name], resource.module)
  return (
    <Link
      {...links.record(org, resource.path, row.id)}
      className={className ?? ''}
      data-row-link={row.id}
      {...(text && title !== text && title.includes(text) ? { 'aria-label': title } : {})}
    >
      {text || title}
    </Link>
  )
}
