import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '../say.ts'
import type { Import, ImportChange } from '../wire/imports.ts'
import classes from './follow.module.css'

/** What no column says because it is the same in every row, such as the company whose file it is. */
export function SameForAll({ row, onChange }: { row: Import; onChange: (change: ImportChange) => void }) {
  const [field, setField] = useState('')
  const [value, setValue] = useState('')
  const taken = new Set([...row.mapping.columns.map(({ to }) => to), ...row.constants.map((one) => one.field)])
  const free = row.targets.filter(({ to, closed }) => closed === null && !to.startsWith('+') && !taken.has(to))
  const say = (constants: Readonly<Record<string, string | null>>) => onChange({ mapping: { constants } })
  const add = () => {
    say({ [field]: value })
    setField('')
    setValue('')
  }
  return (
    <section className={classes['same']} aria-labelledby="same-for-all">
      <h2 id="same-for-all">{t('imports.same')}</h2>
      <ul>
        {row.constants.map((one) => (
          <li key={one.field}>
            {one.label}: <strong>{one.value}</strong>
            <CloseButton
              size="sm"
              aria-label={t('imports.sameRemove', { label: one.label })}
              onClick={() => say({ [one.field]: null })}
            />
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (field && value.trim()) add()
        }}
      >
        <NativeSelect
          label={t('imports.sameField')}
          data={[{ value: '', label: t('imports.sameNone') }, ...free.map(({ to, label }) => ({ value: to, label }))]}
          value={field}
          onChange={(event) => setField(event.currentTarget.value)}
        />
        <TextInput
          label={t('imports.sameValue')}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!field || !value.trim()}>
          {t('imports.sameAdd')}
        </Button>
      </form>
    </section>
  )
}
