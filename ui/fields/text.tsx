import { TextInput } from '@mantine/core'
import type { Field } from '@commonhall/kernel'
import { common, type ControlProps } from './control.ts'

const keyboards = { email: 'email', phone: 'tel', url: 'url', 'last-four': 'numeric' } as const

/** One line. The keyboard of a phone fits what is asked; the browser's own checks stay out of the way. */
export function TextControl(props: ControlProps) {
  const { format, max = 200 } = props.field as Field & { format?: keyof typeof keyboards; max?: number }
  const narrow = max <= 20
  return (
    <TextInput
      {...common(props)}
      value={`${props.value ?? ''}`}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      inputMode={format ? keyboards[format] : 'text'}
      {...(narrow ? { maw: '16rem' } : {})}
    />
  )
}
