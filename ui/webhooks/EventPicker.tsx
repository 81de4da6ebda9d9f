import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import type { EventType } from '../wire/webhooks.ts'
import { Example } from './Example.tsx'
import { groupsOf, type Part, type Thing, typesOf } from './groups.ts'
import type { WebhookForm } from './use-webhook-form.ts'
import classes from './webhook-form.module.css'

type Chosen = ReadonlySet<string>

const changed = (chosen: Chosen, types: readonly string[], isOn: boolean): Chosen =>
  isOn ? chosen.union(new Set(types)) : chosen.difference(new Set(types))

interface Picking {
  chosen: Chosen
  onChange: (chosen: Chosen) => void
}

function ThingLine({ thing: { resource, events }, chosen, onChange }: { thing: Thing } & Picking) {
  const { resources } = useCatalog()
  const name = resource ? (resources[resource]?.plural ?? events[0]?.label.split(/ |:/)[0]) : t('newWebhook.announced')
  const id = `events-${resource ?? events[0]?.type}`
  return (
    <div className={classes['thing']} role="group" aria-labelledby={id}>
      <span id={id}>{name}</span>
      <div className={classes['boxes']}>
        {events.map(({ type, label }) => (
          <Checkbox
            key={type}
            size="xs"
            label={label}
            checked={chosen.has(type)}
            onChange={(event) => onChange(changed(chosen, [type], event.currentTarget.checked))}
          />
        ))}
      </div>
    </div>
  )
}

interface PartBoxProps extends Picking {
  part: Part
  /** All that it has, whatever is searched for. */
  types: readonly string[]
}

function PartBox({ part, types, chosen, onChange }: PartBoxProps) {
  const count = types.filter((type) => chosen.has(type)).length
  return (
    <section aria-label={part.module}>
      <header>
        <h3>{part.module}</h3>
        <Checkbox
          size="xs"
          label={t('newWebhook.everything', { part: part.module })}
          checked={count === types.length}
          indeterminate={count > 0 && count < types.length}
          onChange={(event) => onChange(changed(chosen, types, event.currentTarget.checked))}
        />
      </header>
      {part.things.map((thing) => (
        <ThingLine key={thing.resource} thing={thing} chosen={chosen} onChange={onChange} />
      ))}
    </section>
  )
}

/** What the webhook is told of, in words, by module and thing. */
export function EventPicker({ form, events }: { form: WebhookForm; events: readonly EventType[] }) {
  const { wanted, set, errorOf } = form
  const [search, setSearch] = useState('')
  const parts = groupsOf(events, search)
  const error = errorOf('events')
  const count = wanted.events.size
  return (
    <div
      className={classes['events']}
      id="webhook-events"
      tabIndex={-1}
      role="group"
      aria-label={t('newWebhook.events')}
    >
      <div className={classes['eventsHead']}>
        <TextInput
          type="search"
          size="xs"
          aria-label={t('newWebhook.search')}
          placeholder={t('newWebhook.search')}
          leftSection={<Icon name="search" size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          // Enter would send the form.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <span role="status" data-quiet>
          {count ? t('newWebhook.chosen', { count }) : t('newWebhook.chosenNone')}
        </span>
      </div>
      {parts.map((part) => (
        <PartBox
          key={part.module}
          part={part}
          types={typesOf(events, part.module)}
          chosen={wanted.events}
          onChange={(chosen) => set({ events: chosen })}
        />
      ))}
      {parts.length ? null : <p className={classes['blank']}>{t('newWebhook.noMatch', { text: search })}</p>}
      {error ? (
        <p className={classes['fault']} role="alert">
          {error}
        </p>
      ) : null}
      {wanted.format === 'standard' ? <Example events={events} chosen={wanted.events} /> : null}
    </div>
  )
}
