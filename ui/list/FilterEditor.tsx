import { Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core'
import { choicesOf, type Field, kindOf } from '@commonhall/kernel'
import { type FormEvent, useState } from 'react'
import { formatValue } from '../fields/format.ts'
import { RefControl } from '../fields/ref.tsx'
import { TagsControl } from '../fields/tags.tsx'
import { t } from '../say.ts'
import type { Asked } from './search.ts'

interface EditorProps {
  name: string
  field: Field
  label: string
  module: string
  asked: Asked
  onSet: (asked: Asked) => void
}

interface PartProps extends Omit<EditorProps, 'onSet' | 'name'> {
  set: (asked: Asked) => void
}

function Choices({ field, label, module, asked, set }: PartProps) {
  const chosen = asked.eq?.split(',') ?? []
  return (
    <Checkbox.Group
      label={label}
      value={chosen}
      onChange={(values) => set(values.length ? { eq: values.join(',') } : {})}
    >
      <Stack gap="xs" mt="xs">
        {choicesOf(field).map((value) => (
          <Checkbox key={value} value={value} label={formatValue(field, value, undefined, module)} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function YesOrNo({ label, asked, set }: PartProps) {
  return (
    <Radio.Group label={label} value={asked.eq ?? ''} onChange={(eq) => set({ eq })}>
      <Stack gap="xs" mt="xs">
        <Radio value="true" label={t('value.yes')} />
        <Radio value="false" label={t('value.no')} />
      </Stack>
    </Radio.Group>
  )
}

/** Numbers and days: from, until, or both. */
function Range({ field, asked, set }: PartProps) {
  const isDay = field.kind === 'date' || field.kind === 'instant'
  const time = { gte: 'T00:00:00.000Z', lte: 'T23:59:59.999Z' }
  const change = (end: 'gte' | 'lte', value: string) => {
    const { [end]: _, ...rest } = asked
    set(value ? { ...rest, [end]: field.kind === 'instant' ? value + time[end] : value } : rest)
  }
  const shown = (value = '') => (isDay ? value.slice(0, 10) : value)
  const shared = isDay ? ({ type: 'date' } as const) : ({ inputMode: 'decimal' } as const)
  return (
    <Group gap="sm" wrap="nowrap">
      <TextInput
        {...shared}
        label={t('list.fromLabel')}
        value={shown(asked.gte)}
        onChange={(event) => change('gte', event.currentTarget.value)}
      />
      <TextInput
        {...shared}
        label={t('list.untilLabel')}
        value={shown(asked.lte)}
        onChange={(event) => change('lte', event.currentTarget.value)}
      />
    </Group>
  )
}

function Words({ label, asked, set }: PartProps) {
  return (
    <TextInput
      label={t('list.contains', { label })}
      value={asked.contains ?? ''}
      onChange={({ currentTarget: { value } }) => set(value ? { contains: value } : {})}
    />
  )
}

/** Records that carry one of some tags. */
const AnyOf = ({ name, field, label, module, asked, set }: PartProps & { name: string }) => (
  <TagsControl
    id={`filter-${name}`}
    field={{ ...field, required: false }}
    label={t('list.anyOf', { label })}
    module={module}
    value={asked.eq?.split(',')}
    onChange={(words) => set(Array.isArray(words) && words.length ? { eq: words.join(',') } : {})}
  />
)

function Part(props: PartProps & { name: string }) {
  const { field } = props
  if (field.kind === 'choice') return <Choices {...props} />
  if (field.kind === 'yes_no') return <YesOrNo {...props} />
  if (field.kind === 'ref') {
    return (
      <RefControl
        id={`filter-${props.name}`}
        field={{ ...field, required: false }}
        label={props.label}
        module={props.module}
        value={props.asked.eq ?? ''}
        onChange={(value) => props.set(value ? { eq: `${value}` } : {})}
      />
    )
  }
  if (field.kind === 'tags') return <AnyOf {...props} />
  const { operators } = kindOf(field)
  if (operators.includes('gte')) return <Range {...props} />
  return operators.includes('contains') ? <Words {...props} /> : null
}

/** What a filter asks is put together here, and goes into the address when it is applied. */
export function FilterEditor({ onSet, asked: start, ...props }: EditorProps) {
  const [asked, set] = useState(start)
  const { field } = props
  const apply = (event: FormEvent) => {
    event.preventDefault()
    onSet(asked)
  }
  return (
    <form onSubmit={apply}>
      <Stack gap="md" miw="13rem">
        <Part {...props} asked={asked} set={set} />
        {!field.required && kindOf(field).operators.includes('empty') ? (
          <Checkbox
            label={t('list.onlyEmpty')}
            checked={asked.empty === 'true'}
            onChange={(event) => set(event.currentTarget.checked ? { empty: 'true' } : {})}
          />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={() => onSet({})}>
            {t('list.reset')}
          </Button>
          <Button type="submit">{t('list.apply')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
