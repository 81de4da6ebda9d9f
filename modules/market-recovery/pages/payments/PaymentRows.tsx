import { Button } from '@mantine/core'
import { decimal, sumOf } from '@commonhall/kernel'
import {
  actMany,
  ActDialog,
  type KnownResource,
  links,
  type Row,
  ScrollRegion,
  Tick,
  titleOf,
  useOrg,
  Value,
} from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { hours, money } from '../amounts.ts'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import classes from './payments.module.css'

interface PaymentRowsProps {
  readonly resource: KnownResource
  readonly rows: readonly Row[]
}

const sum = (rows: readonly Row[], name: string) =>
  sumOf(rows.filter(({ state }) => state !== 'void').map((row) => decimal(String(row[name])))).toFixed(2)

function Line({ resource, row, isPicked, onPick }: LineProps) {
  const org = useOrg()
  const state = resource.fields['state']
  return (
    <tr data-void={row['state'] === 'void' || undefined}>
      {onPick ? (
        <td data-pick>
          <Tick
            aria-label={t('payments.pick', { payment: titleOf(resource, row) })}
            checked={isPicked}
            onChange={onPick}
          />
        </td>
      ) : null}
      <th scope="row">
        <Link {...links.record(org, resource.path, row.id)}>{row.titles?.['member']}</Link>
        <small>
          {titleOf(resource, row)} · {row.titles?.['contractor']}
        </small>
      </th>
      <td>{state ? <Value field={state} name="state" row={row} module={resource.module} /> : null}</td>
      <td>{row['qb_reference'] ? String(row['qb_reference']) : ''}</td>
      <td data-align="end">{hours(String(row['hours']))}</td>
      <td data-align="end">{money(String(row['subsidy']))}</td>
    </tr>
  )
}

interface LineProps {
  readonly resource: KnownResource
  readonly row: Row
  readonly isPicked: boolean
  readonly onPick: (() => void) | undefined
}

const columns = ['member', 'state', 'reference'] as const

interface HeadProps {
  readonly picked: { readonly count: number; readonly of: number; readonly all: (isOn: boolean) => void } | undefined
}

const Head = ({ picked }: HeadProps) => (
  <thead>
    <tr>
      {picked ? (
        <th scope="col" data-pick>
          <Tick
            aria-label={t('payments.pickAll')}
            checked={picked.count > 0 && picked.count === picked.of}
            isPartly={picked.count > 0 && picked.count < picked.of}
            onChange={(event) => picked.all(event.currentTarget.checked)}
          />
        </th>
      ) : null}
      {columns.map((name) => (
        <th key={name} scope="col">
          {t(`payments.column.${name}`)}
        </th>
      ))}
      {(['hours', 'subsidy'] as const).map((name) => (
        <th key={name} scope="col" data-align="end">
          {t(`payments.column.${name}`)}
        </th>
      ))}
    </tr>
  </thead>
)

interface MarkingProps {
  readonly acts: KnownResource['acts']
  readonly chosen: readonly Row[]
  readonly onAct: (name: string) => void
}

/** What is done to all that are picked. */
const Marking = ({ acts, chosen, onAct }: MarkingProps) => (
  <div className={classes['bulk']}>
    {(chosen.length ? acts : []).map(({ name, label }) => (
      <Button key={name} size="compact-md" variant="default" onClick={() => onAct(name)}>
        {label}
      </Button>
    ))}
    <span role="status" data-quiet>
      {chosen.length
        ? t('payments.picked', { count: chosen.length, amount: money(sum(chosen, 'subsidy')) })
        : t('payments.pickSome')}
    </span>
  </div>
)

/** Payments of a batch; those that are picked are marked as paid, or made void, together. */
export function PaymentRows({ resource, rows }: PaymentRowsProps) {
  const org = useOrg()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<string>()
  const open = resource.acts.filter(({ name }) => rows.some((row) => row.can?.[name] === true))
  const chosen = rows.filter(({ id }) => picked.has(id))
  const act = resource.acts.find(({ name }) => name === asking)
  const toggle = (id: string) =>
    setPicked((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])))
  const pickAll = (isOn: boolean) => setPicked(new Set(isOn ? rows.map(({ id }) => id) : []))
  const canPick = open.length > 0
  return (
    <>
      {canPick ? <Marking acts={open} chosen={chosen} onAct={setAsking} /> : null}
      <ScrollRegion className={shared['scroll']} labelledBy="payments">
        <table className={shared['table']} data-two>
          <Head picked={canPick ? { count: chosen.length, of: rows.length, all: pickAll } : undefined} />
          <tbody>
            {rows.map((row) => (
              <Line
                key={row.id}
                resource={resource}
                row={row}
                isPicked={picked.has(row.id)}
                onPick={canPick ? () => toggle(row.id) : undefined}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {act ? (
        <ActDialog
          act={act}
          module={resource.module}
          onClose={() => setAsking(undefined)}
          onAct={async (asked) => {
            await actMany(org, resource, act.name, chosen, asked)
            setPicked(new Set())
          }}
        />
      ) : null}
    </>
  )
}
