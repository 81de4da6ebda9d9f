import { Button } from '@mantine/core'
import { Empty, formatDate, KeyCaps, ScrollRegion, useIsPhone, useShortcuts } from '@commonhall/ui'
import { hours, money } from '../amounts.ts'
import { t } from '../t.ts'
import { totalsOf } from './entry.ts'
import { EntryCards } from './EntryCards.tsx'
import { EntryTable } from './EntryTable.tsx'
import classes from './hours.module.css'
import type { Place } from './kept.ts'
import { focusRow, useCellKeys } from './use-cell-keys.tsx'
import { type Entry, useEntry } from './use-entry.tsx'
import type { Grid } from './wire.ts'

/** Stays in sight however many rows there are. */
function Bar({ entry, onSave }: { entry: Entry; onSave: (submit: boolean) => void }) {
  const totals = totalsOf(entry.rows)
  const hasLast = entry.rows.some(({ row, isOpen }) => isOpen && row.last_week)
  return (
    <div className={classes['bar']}>
      <dl>
        {(['regular', 'overtime'] as const).map((column) => (
          <div key={column}>
            <dt>{t(`grid.${column}`)}</dt>
            <dd>{hours(totals[column])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('grid.subsidy')}</dt>
          <dd>
            <b>{money(totals.subsidy)}</b>
          </dd>
        </div>
      </dl>
      <span className={classes['unsaved']} role="status">
        {entry.changed ? t('grid.changed', { count: entry.changed }) : t('grid.clean')}
      </span>
      <span className={classes['acts']}>
        {hasLast ? (
          <Button variant="subtle" color="gray" onClick={entry.copyLastWeek}>
            {t('grid.copy')}
          </Button>
        ) : null}
        <Button variant="default" loading={entry.isBusy} onClick={() => onSave(false)}>
          {t('grid.save')} <KeyCaps keys="mod+s" />
        </Button>
        <Button loading={entry.isBusy} onClick={() => onSave(true)}>
          {t('grid.submit')} <KeyCaps keys="mod+Enter" />
        </Button>
      </span>
    </div>
  )
}

/** Why no hours at all can be entered in the week, where it is the same for everybody. */
function sharedProblem({ rows }: Grid): string | undefined {
  const [first] = rows
  return first?.problem && rows.every(({ problem }) => problem === first.problem) ? first.problem : undefined
}

/** The grid of one week: typed into like a spreadsheet on a desktop, card by card on a phone. */
export function EntryGrid({ grid, place }: { grid: Grid; place: Place }) {
  const isPhone = useIsPhone()
  const entry = useEntry(grid, place)
  const keys = useCellKeys(entry)
  const group = t('grid.keysGroup')
  const save = async (submit: boolean) => {
    const first = await entry.save(submit)
    if (first) focusRow(first)
  }
  useShortcuts([
    { keys: 'mod+s', label: t('grid.save'), group, run: () => void save(false) },
    { keys: 'mod+Enter', label: t('grid.submit'), group, run: () => void save(true) },
  ])
  const shared = sharedProblem(grid)
  const label = t('grid.table', { ending: formatDate(grid.week_ending) })
  if (shared) return <Empty icon="calendar" title={t('grid.closed')} text={shared} />
  return (
    <>
      {isPhone ? (
        <EntryCards grid={grid} entry={entry} label={label} keys={keys} />
      ) : (
        <ScrollRegion className={classes['scroll']} label={label}>
          <EntryTable grid={grid} entry={entry} label={label} keys={keys} />
        </ScrollRegion>
      )}
      {isPhone ? null : <p className={classes['hint']}>{t('grid.keys')}</p>}
      <Bar entry={entry} onSave={(submit) => void save(submit)} />
    </>
  )
}
