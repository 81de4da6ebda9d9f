import { Skeleton } from '@mantine/core'
import { type ComponentType, lazy, Suspense } from 'react'
import { ChoiceControl } from './choice.tsx'
import type { ControlProps } from './control.ts'
import { DateControl } from './date.tsx'
import { DecimalControl } from './decimal.tsx'
import { InstantControl } from './instant.tsx'
import { JsonControl } from './json.tsx'
import { LongTextControl } from './long-text.tsx'
import { RefControl } from './ref.tsx'
import { TextControl } from './text.tsx'
import { YesNoControl } from './yes-no.tsx'

const controls: Readonly<Record<string, ComponentType<ControlProps>>> = {
  text: TextControl,
  long_text: LongTextControl,
  choice: ChoiceControl,
  money: DecimalControl,
  hours: DecimalControl,
  percent: DecimalControl,
  count: DecimalControl,
  date: DateControl,
  instant: InstantControl,
  yes_no: YesNoControl,
  ref: RefControl,
  json: JsonControl,
  file: lazy(async () => ({ default: (await import('./file.tsx')).FileControl })),
  tags: lazy(async () => ({ default: (await import('./tags.tsx')).TagsControl })),
}

/** The control for a field, by its kind; a kind without one of its own is typed as text. */
export function Control(props: ControlProps) {
  const Kind = controls[props.field.kind] ?? TextControl
  return (
    <Suspense fallback={<Skeleton height={58} />}>
      <Kind {...props} />
    </Suspense>
  )
}
