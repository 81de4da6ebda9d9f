import { NativeSelect } from '@mantine/core'
import { choicesOf } from '@commonhall/kernel'
import { t } from '../say.ts'
import { common, type ControlProps } from './control.ts'
import { formatValue } from './format.ts'

/** One of a few values. The browser's own list is the quickest with keys, and the one that phones show best. */
export function ChoiceControl(props: ControlProps) {
  const options = choicesOf(props.field).map((value) => ({
    value,
    label: formatValue(props.field, value, undefined, props.module),
  }))
  const canBeEmpty = !props.field.required || props.value === ''
  const { autoComplete: _, ...shared } = common(props)
  return (
    <NativeSelect
      {...shared}
      maw="20rem"
      data={canBeEmpty ? [{ value: '', label: t('form.choose') }, ...options] : options}
      value={`${props.value ?? ''}`}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}
