import { Anchor } from '@mantine/core'
import { type Field, targetOf } from '@commonhall/kernel'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCatalog, useOrg } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { links } from '../links.ts'
import { State, type Tone } from '../parts/State.tsx'
import { t } from '../say.ts'
import { Chips } from './Chips.tsx'
import { formatValue } from './format.ts'
import { formatMedia } from './media.ts'

type Toned = Field & { tones?: Readonly<Record<string, Tone>> }
type Formatted = Field & { format?: string }

const FileLink = lazy(async () => ({ default: (await import('./FileLink.tsx')).FileLink }))

/** A file by its name; where a link is not in the way, it leads to the file and its size is told. */
function FileOf({ id, title, plain }: { id: string; title: string | undefined; plain: boolean }) {
  const name = title ?? t('value.unnamed')
  if (plain) return <>{name}</>
  return (
    <Suspense fallback={name}>
      <FileLink id={id} name={name} />
    </Suspense>
  )
}

/** Nothing, said in a way that a screen reader says too. */
export const Blank = () => (
  <span data-blank aria-label={t('value.blank')} role="img">
    –
  </span>
)

interface ValueProps {
  field: Field
  name: string
  row: Row
  module: string
  /** In a cell that leads to the record, or in a list of options, a link inside would be in the way. */
  plain?: boolean
}

/** One value of a record as people read it. */
export function Value({ field, name, row, module, plain = false }: ValueProps) {
  const value = row[name]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)) return <Blank />
  if (field.kind === 'ref') return <Reference field={field} name={name} row={row} plain={plain} />
  if (field.kind === 'file') return <FileOf id={value as string} title={row.titles?.[name]} plain={plain} />
  if (field.kind === 'tags') return <Chips words={value as readonly string[]} />
  const { format } = field as Formatted
  const text = format === 'media-type' ? formatMedia(value as string) : formatValue(field, value, undefined, module)
  if (field.kind === 'choice' && (field as Toned).tones) {
    return <State tone={(field as Toned).tones?.[`${value}`] ?? 'idle'}>{text}</State>
  }
  if (plain || !format) return <>{text}</>
  if (format === 'email')
    return (
      <Anchor href={`mailto:${text}`} inherit>
        {text}
      </Anchor>
    )
  if (format === 'phone')
    return (
      <Anchor href={`tel:${text.replace(/[^\d+]/g, '')}`} inherit>
        {text}
      </Anchor>
    )
  if (format === 'url')
    return (
      <Anchor href={text} rel="noreferrer" target="_blank" inherit>
        {text}
      </Anchor>
    )
  return <>{text}</>
}

function Reference({ field, name, row, plain }: Omit<ValueProps, 'module'>) {
  const org = useOrg()
  // A reference to records of any kind: the row says of which.
  const target = useCatalog().resources[targetOf(field) ?? (row['resource'] as string)]
  const title = row.titles?.[name] ?? t('value.unnamed')
  if (plain || !target) return <>{title}</>
  return (
    <Anchor renderRoot={(props) => <Link {...links.record(org, target.path, `${row[name]}`)} {...props} />} inherit>
      {title}
    </Anchor>
  )
}
