import { ActionIcon, Menu } from '@mantine/core'
import { Chips } from '../fields/Chips.tsx'
import { formatBytes } from '../fields/format.ts'
import { Ago } from '../parts/Ago.tsx'
import { Icon } from '../parts/Icon.tsx'
import { MenuEntry } from '../parts/MenuEntry.tsx'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import type { FileRow } from '../wire/files.ts'
import { mayChange, mayDelete, mayOpen, mayReplace, save } from './acts.ts'
import lines from './lines.module.css'
import { Mark } from './Mark.tsx'

/** What is opened from a row. */
export type Asked = 'preview' | 'edit' | 'versions' | 'link' | 'delete' | 'new-version'

interface LineProps {
  org: string
  row: FileRow
  isOver: boolean
  onAsk: (asked: Asked) => void
}

/** A file that cannot be opened yet or at all says why, and what to do. */
export function Condition({ row }: { row: FileRow }) {
  if (row.state === 'ready') return null
  if (row.state === 'checking')
    return (
      <span className={lines['condition']} title={t('files.checkingText')}>
        <State tone="warn">{t('files.checking')}</State>
      </span>
    )
  return (
    <span className={lines['condition']}>
      <State tone="bad">{t('files.held')}</State>
      <span>{row.because ?? t('files.heldPlain')}</span>
    </span>
  )
}

/** What changes a file. Whoever may do none of it, for one and the same reason, reads that once. */
function ChangingEntries({ row, onAsk }: Pick<LineProps, 'row' | 'onAsk'>) {
  const change = mayChange(row)
  const replace = mayReplace(row)
  const away = mayDelete(row)
  if (change !== true && change === replace && change === away)
    return <MenuEntry icon="edit" label={t('files.change')} allowed={change} onClick={() => {}} />
  return (
    <>
      <MenuEntry icon="edit" label={t('files.edit')} allowed={change} onClick={() => onAsk('edit')} />
      <MenuEntry icon="upload" label={t('files.newVersion')} allowed={replace} onClick={() => onAsk('new-version')} />
      <Menu.Divider />
      <MenuEntry icon="close" label={t('files.delete')} allowed={away} onClick={() => onAsk('delete')} />
    </>
  )
}

function LineMenu({ org, row, onAsk }: Omit<LineProps, 'isOver'>) {
  const open = mayOpen(row)
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('files.more', { name: row.name })}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntry icon="download" label={t('files.download')} allowed={open} onClick={() => save(org, row)} />
        <MenuEntry icon="link" label={t('files.link')} allowed={open} onClick={() => onAsk('link')} />
        {row.versions > 1 ? (
          <MenuEntry icon="history" label={t('files.showVersions')} allowed onClick={() => onAsk('versions')} />
        ) : null}
        <Menu.Divider />
        <ChangingEntries row={row} onAsk={onAsk} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** One file of the list. What is dropped on it becomes its new version. */
export function FileLine({ org, row, isOver, onAsk }: LineProps) {
  return (
    <li
      className={lines['line']}
      data-over={isOver || undefined}
      data-takes-version={mayReplace(row) === true ? row.id : undefined}
    >
      <Mark row={row} />
      <div className={lines['what']}>
        <button type="button" className={lines['name']} onClick={() => onAsk('preview')}>
          <span className="mantine-visually-hidden">{t('files.openWord')} </span>
          {row.name}
        </button>
        {row.caption ? <span className={lines['caption']}>{row.caption}</span> : null}
        {row.state === 'checking' ? <Condition row={row} /> : null}
        {row.tags.length || row.versions > 1 ? (
          <span className={lines['tags']}>
            {row.versions > 1 ? <span data-quiet>{t('files.versionsOf', { count: row.versions })}</span> : null}
            {row.tags.length ? <Chips words={row.tags} /> : null}
          </span>
        ) : null}
      </div>
      <span className={lines['meta']}>
        <span className={lines['size']}>{formatBytes(row.size)}</span>{' '}
        <span className={lines['who']}>
          <span>{row.uploaded_by_name}</span> <Ago at={row.uploaded_at} />
        </span>
      </span>
      <LineMenu org={org} row={row} onAsk={onAsk} />
      {row.state === 'held' ? (
        <div className={lines['why']}>
          <Condition row={row} />
        </div>
      ) : null}
      {isOver ? <span className={lines['overLine']}>{t('files.dropVersion')}</span> : null}
    </li>
  )
}
