import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { t } from '../say.ts'
import type { MatrixPermission, MatrixRole, Thing } from '../wire/roles.ts'
import { Cell, tellOf } from './Cell.tsx'
import type { MatrixProps } from './Grid.tsx'
import { Marks } from './Marks.tsx'
import { startOf } from './pending.ts'
import { RoleMenu } from './RoleMenu.tsx'
import classes from './one-role.module.css'
import type { Box, MatrixState } from './use-matrix.ts'

interface LineProps {
  label: React.ReactNode
  name: string
  box: Box
  start?: boolean
  onSet: (isOn: boolean) => void
}

/** Where there is no room for a grid the reason stands beneath, and the whole line can be pressed. */
const Line = ({ label, name, box, start, onSet }: LineProps) => (
  <li>
    <label>
      <span>
        {label}
        {tellOf(box, start) ? <small data-reason>{tellOf(box, start)}</small> : null}
      </span>
      <Cell box={box} label={name} start={start ?? false} onSet={onSet} />
    </label>
  </li>
)

interface ThingProps {
  role: MatrixRole
  state: MatrixState
  thing: Thing<MatrixPermission>
}

const ThingLines = ({ role, state, thing }: ThingProps) => (
  <section>
    <h3>{thing.label}</h3>
    <ul>
      {thing.permissions.map((known) => (
        <Line
          key={known.permission}
          label={
            <>
              {known.label} <Marks of={known} />
            </>
          }
          name={t('roles.cell', { role: role.label, thing: thing.label, permission: known.label })}
          box={state.box(role, known)}
          start={startOf(role, known)}
          onSet={(isOn) => state.set(role, known, isOn)}
        />
      ))}
    </ul>
  </section>
)

/** One role at a time, for a narrow screen. */
export function OneRole({ roles, parts, state, onTask }: Omit<MatrixProps, 'onTell'>) {
  const [chosen, setChosen] = useState('')
  const role = roles.find(({ id }) => id === chosen) ?? roles[0]
  if (!role) return null
  return (
    <div className={classes['one']}>
      <div className={classes['pick']}>
        <NativeSelect
          label={t('roles.role')}
          value={role.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={roles.map(({ id, label, people }) => ({
            value: id,
            label: `${label} (${t('roles.people', { count: people })})`,
          }))}
        />
        <RoleMenu role={role} state={state} onTask={onTask} />
      </div>
      <ul>
        <Line
          label={t('roles.secondFactor')}
          name={`${role.label}: ${t('roles.secondFactor')}`}
          box={state.factor(role)}
          onSet={(isOn) => state.setFactor(role, isOn)}
        />
      </ul>
      {parts.map((part) => (
        <section key={part.name}>
          <h2>{part.label}</h2>
          {part.things.map((thing) => (
            <ThingLines key={thing.name} role={role} state={state} thing={thing} />
          ))}
        </section>
      ))}
    </div>
  )
}
