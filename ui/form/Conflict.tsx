import { Button, Group, Modal, SegmentedControl, Text } from '@mantine/core'
import { type Fields, labelOf } from '@commonhall/kernel'
import { useState } from 'react'
import { formatValue } from '../fields/format.ts'
import { Blank } from '../fields/Value.tsx'
import { Ago } from '../parts/Ago.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import type { Row } from '../wire/records.ts'
import { changesFrom, type Values } from './draft.ts'
import classes from './form.module.css'
import { useLastEditor } from './use-last-editor.ts'

interface ConflictProps {
  org: string
  path: string
  module: string
  fields: Fields
  /** The record as it was when the form was opened, as it is now, and what this person wants to change. */
  base: Row
  theirs: Row
  mine: Values
  /** What settling does, where it does not save. */
  label?: string
  onSettle: (values: Values) => void
  onClose: () => void
}

interface ChangedProps extends Pick<ConflictProps, 'module' | 'fields' | 'theirs' | 'mine'> {
  changed: readonly string[]
}

/** What the other person changed, beside what this one wants. */
function Changed({ module, fields, changed, theirs, mine }: ChangedProps) {
  const shown = (name: string, value: unknown, title?: string) =>
    formatValue(fields[name], value, title, module) || <Blank />
  return (
    <table className={classes['conflict']}>
      <caption>{t('conflict.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('conflict.field')}</th>
          <th scope="col">{t('conflict.theirs')}</th>
          <th scope="col">{t('conflict.mine')}</th>
        </tr>
      </thead>
      <tbody>
        {changed.map((name) => (
          <tr key={name}>
            <th scope="row">{labelOf(fields, name)}</th>
            <td>{shown(name, theirs[name], theirs.titles?.[name])}</td>
            <td>{name in mine ? shown(name, mine[name], t('conflict.yourChoice')) : t('conflict.untouched')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Somebody else saved first. Shows what they changed; where both changed one field, the person decides. */
export function Conflict({ org, path, module, fields, base, theirs, mine, label, onSettle, onClose }: ConflictProps) {
  useFocusBack()
  const who = useLastEditor(org, path, theirs)
  const current = Object.fromEntries(Object.keys(fields).map((name) => [name, theirs[name]]))
  const changed = Object.keys(changesFrom(base, current))
  const both = changed.filter((name) => name in mine)
  const [takes, setTakes] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const settle = () =>
    onSettle(
      Object.fromEntries(Object.entries(mine).filter(([name]) => !both.includes(name) || takes[name] !== 'theirs')),
    )
  return (
    <Modal opened onClose={onClose} title={t('conflict.title')} size="lg">
      <Text>
        {t('conflict.text', { who })} <Ago at={theirs.updated_at} />
      </Text>
      <Changed module={module} fields={fields} changed={changed} theirs={theirs} mine={mine} />
      {both.map((name) => (
        <div key={name} className={classes['settle']}>
          <span id={`settle-${name}`}>{labelOf(fields, name)}</span>
          <SegmentedControl
            aria-labelledby={`settle-${name}`}
            value={takes[name] ?? 'mine'}
            onChange={(take) => setTakes({ ...takes, [name]: take })}
            data={[
              { value: 'mine', label: t('conflict.keepMine') },
              { value: 'theirs', label: t('conflict.takeTheirs') },
            ]}
          />
        </div>
      ))}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('conflict.back')}
        </Button>
        <Button onClick={settle}>{label ?? t('conflict.save')}</Button>
      </Group>
    </Modal>
  )
}
