import { Textarea } from '@mantine/core'
import { common, type ControlProps } from './control.ts'

/** Several lines. */
export function LongTextControl(props: ControlProps) {
  return (
    <Textarea
      {...common(props)}
      value={`${props.value ?? ''}`}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      rows={4}
    />
  )
}
