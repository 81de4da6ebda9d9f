import { Checkbox } from '@mantine/core'
import { common, type ControlProps } from './control.ts'

/** True or false. */
export function YesNoControl(props: ControlProps) {
  const { autoComplete: _, required: __, ...shared } = common(props)
  return (
    <Checkbox
      {...shared}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}
