import { Alert, Button, Group, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { Problem } from '../wire/http.ts'
import { changeImport, type DateOrder, type Import, type ImportChange, startImport } from '../wire/imports.ts'
import classes from './imports.module.css'
import { SameForAll } from './SameForAll.tsx'

/** How the file was read: what one would want to know when something looks wrong. */
function Recognized({ row, onChange }: { row: Import; onChange: (change: ImportChange) => void }) {
  const delimiters: Readonly<Record<string, string>> = {
    ',': t('imports.comma'),
    ';': t('imports.semicolon'),
    '\t': t('imports.tab'),
    '|': t('imports.bar'),
  }
  const facts = [
    row.format === 'xlsx'
      ? t('imports.workbook')
      : t('imports.csv', { encoding: row.encoding, delimiter: delimiters[row.delimiter ?? ''] ?? row.delimiter }),
    row.header_row ? t('imports.headerRow', { row: row.header_row }) : t('imports.noHeader'),
    t('imports.rows', { count: row.rows }),
  ]
  const orders = (['mdy', 'dmy', 'ymd'] as const).map((value) => ({ value, label: t(`imports.${value}`) }))
  return (
    <div className={classes['recognized']}>
      <p>{facts.join(' · ')}</p>
      <NativeSelect
        label={t('imports.dates')}
        description={row.date_order && !row.date_order_certain ? t('imports.datesUnsure') : undefined}
        value={row.date_order ?? ''}
        data={row.date_order ? orders : [{ value: '', label: t('imports.noDates') }, ...orders]}
        onChange={(event) =>
          event.currentTarget.value && onChange({ date_order: event.currentTarget.value as DateOrder })
        }
      />
    </div>
  )
}

const samplesOf = (row: Import, index: number) =>
  row.sample
    .map((cells) => cells[index] ?? '')
    .filter((cell) => cell.trim())
    .slice(0, 3)

interface ColumnTableProps {
  row: Import
  onMap: (index: number, to: string) => void
}

/** The file's columns, each with what it holds and where it goes. */
function ColumnTable({ row, onMap }: ColumnTableProps) {
  const targets = [
    { value: '', label: t('imports.leaveOut') },
    ...row.targets.map(({ to, label, required, closed }) => ({
      value: to,
      label: required ? `${label} *` : label,
      disabled: closed !== null,
    })),
  ]
  return (
    <table className={classes['columns']}>
      <caption>{t('imports.columnsCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('imports.inFile')}</th>
          <th scope="col">{t('imports.samples')}</th>
          <th scope="col">{t('imports.goesInto')}</th>
        </tr>
      </thead>
      <tbody>
        {row.mapping.columns.map(({ heading, to }, index) => (
          <tr key={index} data-out={to === null || undefined}>
            <th scope="row">{heading || t('imports.unnamed', { number: index + 1 })}</th>
            <td>{samplesOf(row, index).join(' · ') || t('imports.noSamples')}</td>
            <td>
              <NativeSelect
                aria-label={t('imports.targetOf', { heading: heading || index + 1 })}
                data={targets}
                value={to ?? ''}
                onChange={(event) => onMap(index, event.currentTarget.value)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Which column goes where: as guessed or remembered, and as the person corrects it. */
export function Columns({ row, onTried }: { row: Import; onTried: () => void }) {
  const org = useOrg()
  const [refused, setRefused] = useState('')
  const run = async (work: () => Promise<unknown>) => {
    setRefused('')
    try {
      await work()
      return true
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      return false
    }
  }
  const change = (body: ImportChange) => void run(() => changeImport(org, row.id, body))
  const map = (index: number, to: string) =>
    change({
      mapping: {
        columns: row.mapping.columns.map((column, at) => (at === index ? { ...column, to: to || null } : column)),
      },
    })
  // Fields that this person may not set stand grey in the choice; why, is said once.
  const closed = [...new Set(row.targets.flatMap((target) => target.closed ?? []))]
  const attempt = async () => {
    if (await run(() => startImport(org, row.id, 'dry-run'))) onTried()
  }
  return (
    <>
      <Recognized row={row} onChange={change} />
      {refused ? (
        <Alert color="red" role="alert" mb="md">
          {refused}
        </Alert>
      ) : null}
      {row.missing.length ? (
        <Alert color="yellow" role="status" mb="md" title={t('imports.missing', { count: row.missing.length })}>
          {t('imports.missingText', { fields: row.missing.join(', ') })}
        </Alert>
      ) : null}
      <ColumnTable row={row} onMap={map} />
      <SameForAll row={row} onChange={change} />
      {closed.map((reason) => (
        <p key={reason} data-quiet>
          {reason}
        </p>
      ))}
      <Group mt="lg">
        <Button disabled={row.missing.length > 0} onClick={() => void attempt()}>
          {t('imports.try')}
        </Button>
        <span data-quiet>{t('imports.tryHint')}</span>
      </Group>
    </>
  )
}
