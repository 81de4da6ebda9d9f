import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../say.ts'
import { common, type ControlProps } from './control.ts'

const before: Readonly<Record<string, string>> = { money: '$' }
const after: Readonly<Record<string, ReactNode>> = {
  percent: '%',
  get hours() {
    return t('value.hours')
  },
}

/**
 * Money, hours, percent and counts are typed as text: a number input would drop what it does not understand, change
 * values on the mouse wheel, and make a float of them.
 */
export function DecimalControl(props: ControlProps) {
  const { kind } = props.field
  return (
    <TextInput
      {...common(props)}
      maw="16rem"
      value={`${props.value ?? ''}`}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      inputMode={kind === 'count' ? 'numeric' : 'decimal'}
      leftSection={before[kind] ? <span aria-hidden>{before[kind]}</span> : undefined}
      rightSection={after[kind] ? <span aria-hidden>{after[kind]}</span> : undefined}
      rightSectionWidth={kind === 'hours' ? 56 : undefined}
    />
  )
}
