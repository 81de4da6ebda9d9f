import { Textarea } from '@mantine/core'
import { common, type ControlProps } from './control.ts'

/** Structured detail, for the few who edit it by hand. */
export function JsonControl(props: ControlProps) {
  const text = typeof props.value === 'string' ? props.value : JSON.stringify(props.value, null, 2)
  return (
    <Textarea
      {...common(props)}
      value={text}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      rows={6}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  )
}
