import { defineResource, field } from '@commonhall/kernel'

/** How a message is written: ours by Standard Webhooks, or as the chats take it. */
export const formats = ['standard', 'slack', 'mattermost'] as const

export type Format = (typeof formats)[number]

/** Another program that is told what happens. */
export const webhook = defineResource('foundation.webhook', {
  label: 'Webhook',
  plural: 'Webhooks',
  title: '{name}',
  traits: ['audited'],
  ownWriting: true,
  fields: {
    name: field.text({ required: true, max: 100 }),
    url: field.text({ required: true, max: 2000, label: 'Address' }),
    format: field.choice(formats, { required: true, default: 'standard' }),
    events: field.json({ required: true }),
    state: field.choice(['active', 'paused', 'disabled'], {
      required: true,
      computed: true,
      tones: { active: 'good', paused: 'idle', disabled: 'bad' },
    }),
    reason: field.text({ max: 500, computed: true, label: 'Because' }),
    owner: field.ref('foundation.org_user', {
      required: true,
      computed: true,
      label: 'Tells what may be read by',
    }),
    failing_since: field.instant({ computed: true }),
  },
  views: { list: ['name', 'state', 'format', 'failing_since'], filters: ['state', 'format'], sort: ['name'] },
})

/** A row of its table, as the senders need it. */
export interface WebhookRow extends Record<string, unknown> {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly url: string
  readonly format: Format
  readonly events: readonly string[]
  readonly state: 'active' | 'paused' | 'disabled'
  readonly owner: string
  readonly failures: number
  readonly failing_since: string | null
  readonly resting_until: string | null
}

/** A message for one webhook. */
export interface DeliveryRow extends Record<string, unknown> {
  readonly id: string
  readonly type: string
  readonly origin: 'entry' | 'event' | 'test'
  readonly source: string | null
  readonly record: string | null
  readonly body: string | null
  /** For whose eyes it was made. */
  readonly made_for: string | null
  readonly attempts: number
  readonly tries: number
  readonly created_at: string
}
