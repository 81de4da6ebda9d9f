import { TextInput } from '@mantine/core'
import { common, type ControlProps } from './control.ts'

const pad = (part: number) => `${part}`.padStart(2, '0')

/** The instant in the person's own time zone, as the browser's field wants it. */
function localOf(value: unknown): string {
  const at = new Date(`${value ?? ''}`)
  if (Number.isNaN(at.getTime())) return ''
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

/** A day and a time, typed in the person's time zone and kept in UTC. */
export function InstantControl(props: ControlProps) {
  const set = (local: string) => props.onChange(local ? new Date(local).toISOString() : '')
  return (
    <TextInput
      {...common(props)}
      type="datetime-local"
      maw="16rem"
      value={localOf(props.value)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}
