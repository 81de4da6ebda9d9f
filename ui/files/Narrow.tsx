import { NativeSelect } from '@mantine/core'
import { t } from '../say.ts'
import type { FileRow, Narrowed } from '../wire/files.ts'
import classes from './files.module.css'

/** Fewer are seen at a glance. */
const many = 6

interface NarrowProps {
  files: readonly FileRow[]
  total: number
  narrowed: Narrowed
  onNarrow: (narrowed: Narrowed) => void
}

/** Where there are many: their order, and only those with a tag. */
export function Narrow({ files, total, narrowed, onNarrow }: NarrowProps) {
  if (total < many && !narrowed.tag) return null
  const tags = [...new Set([...files.flatMap((file) => file.tags), ...(narrowed.tag ? [narrowed.tag] : [])])]
  return (
    <span className={classes['narrow']}>
      {tags.length ? (
        <NativeSelect
          size="xs"
          aria-label={t('files.byTag')}
          value={narrowed.tag}
          onChange={(event) => onNarrow({ ...narrowed, tag: event.currentTarget.value })}
          data={[{ value: '', label: t('files.all') }, ...tags.toSorted().map((tag) => ({ value: tag, label: tag }))]}
        />
      ) : null}
      <NativeSelect
        size="xs"
        aria-label={t('files.sort')}
        value={narrowed.sort}
        onChange={(event) => onNarrow({ ...narrowed, sort: event.currentTarget.value })}
        data={[
          { value: '-uploaded_at', label: t('files.newest') },
          { value: 'name', label: t('files.byName') },
        ]}
      />
    </span>
  )
}
