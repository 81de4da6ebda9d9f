import { Fragment, type KeyboardEvent, useState } from 'react'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { t } from '../say.ts'
import type { MatrixPermission, MatrixRole, Part, Thing } from '../wire/roles.ts'
import { Cell } from './Cell.tsx'
import { Marks } from './Marks.tsx'
import { startOf } from './pending.ts'
import { RoleMenu, type RoleTask } from './RoleMenu.tsx'
import classes from './roles.module.css'
import type { MatrixState } from './use-matrix.ts'

export interface MatrixProps {
  roles: readonly MatrixRole[]
  parts: readonly Part<MatrixPermission>[]
  state: MatrixState
  onTell: (words: string) => void
  onTask: (task: RoleTask) => void
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Arrows walk from box to box; Home and End lead to the ends of a row. */
function walk(event: KeyboardEvent<HTMLTableElement>) {
  const here = event.target as HTMLElement
  if (here.tagName !== 'INPUT') return
  const rows = [...event.currentTarget.querySelectorAll('tbody tr')]
    .map((row) => [...row.querySelectorAll('input')])
    .filter((row) => row.length)
  const row = rows.findIndex((boxes) => boxes.includes(here as HTMLInputElement))
  const boxes = rows[row] ?? []
  const column = boxes.indexOf(here as HTMLInputElement)
  const step = steps[event.key]
  const next = step
    ? rows[row + step[0]]?.[column + step[1]]
    : event.key === 'Home'
      ? boxes[0]
      : event.key === 'End'
        ? boxes.at(-1)
        : undefined
  if (!next) return
  event.preventDefault()
  next.focus()
}

const Head = ({ roles, state, onTask }: Pick<MatrixProps, 'roles' | 'state' | 'onTask'>) => (
  <thead>
    <tr>
      <th scope="col">{t('roles.permission')}</th>
      {roles.map((role) => (
        <th key={role.id} scope="col">
          <div className={classes['role']}>
            {role.label}
            <div>
              <small>{t('roles.people', { count: role.people })}</small>
              <RoleMenu role={role} state={state} onTask={onTask} />
            </div>
          </div>
        </th>
      ))}
    </tr>
  </thead>
)

interface RowProps extends Pick<MatrixProps, 'roles' | 'state' | 'onTell'> {
  thing: Thing<MatrixPermission>
  known: MatrixPermission
  stop: string
}

const stopOf = (row: string, role: MatrixRole) => `${row} ${role.id}`

const Row = ({ roles, state, thing, known, stop, onTell }: RowProps) => (
  <tr>
    <th scope="row">
      {known.label} <Marks of={known} />
    </th>
    {roles.map((role) => (
      <td key={role.id} data-stop={stopOf(known.permission, role)}>
        <Cell
          box={state.box(role, known)}
          label={t('roles.cell', { role: role.label, thing: thing.label, permission: known.label })}
          start={startOf(role, known)}
          isStop={stop === stopOf(known.permission, role)}
          onSet={(isOn) => state.set(role, known, isOn)}
          onTell={onTell}
        />
      </td>
    ))}
  </tr>
)

const FactorRow = ({ roles, state, stop, onTell }: Omit<RowProps, 'thing' | 'known'>) => (
  <>
    <tr data-thing>
      <th colSpan={roles.length + 1}>{t('roles.signIn')}</th>
    </tr>
    <tr>
      <th scope="row" title={t('roles.secondFactorHelp')}>
        {t('roles.secondFactor')}
      </th>
      {roles.map((role) => (
        <td key={role.id} data-stop={stopOf('factor', role)}>
          <Cell
            box={state.factor(role)}
            label={`${role.label}: ${t('roles.secondFactor')}`}
            isStop={stop === stopOf('factor', role)}
            onSet={(isOn) => state.setFactor(role, isOn)}
            onTell={onTell}
          />
        </td>
      ))}
    </tr>
  </>
)

/** Rows are permissions, columns are roles. One stop for Tab, and the arrows inside. */
export function Grid({ roles, parts, state, onTell, onTask }: MatrixProps) {
  const [stop, setStop] = useState('')
  const shown = parts.flatMap(({ things }) => things.flatMap(({ permissions }) => permissions))
  const stops = roles.flatMap((role) => [
    stopOf('factor', role),
    ...shown.map(({ permission }) => stopOf(permission, role)),
  ])
  const here = stops.includes(stop) ? stop : (stops[0] ?? '')
  const row = { roles, state, stop: here, onTell }
  return (
    <ScrollRegion className={classes['scroll']} label={t('roles.matrix')}>
      <table
        className={classes['grid']}
        role="grid"
        aria-label={t('roles.matrix')}
        onKeyDown={walk}
        onFocus={(event) => setStop((event.target as HTMLElement).closest('td')?.dataset['stop'] ?? here)}
      >
        <Head roles={roles} state={state} onTask={onTask} />
        <tbody>
          <FactorRow {...row} />
          {parts.map((part) => (
            <Fragment key={part.name}>
              <tr data-part>
                <th colSpan={roles.length + 1}>{part.label}</th>
              </tr>
              {part.things.map((thing) => (
                <Fragment key={thing.name}>
                  <tr data-thing>
                    <th colSpan={roles.length + 1}>{thing.label}</th>
                  </tr>
                  {thing.permissions.map((known) => (
                    <Row key={known.permission} {...row} thing={thing} known={known} />
                  ))}
                </Fragment>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
