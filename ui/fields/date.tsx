import { TextInput } from '@mantine/core'
import { common, type ControlProps } from './control.ts'

/** A day. The browser's own date field knows the person's calendar, keyboard and screen reader best. */
export function DateControl(props: ControlProps) {
  return (
    <TextInput
      {...common(props)}
      type="date"
      maw="12rem"
      min="1800-01-01"
      max="2200-12-31"
      value={`${props.value ?? ''}`}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}
