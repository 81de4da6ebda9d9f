import { defineNotice, field, say } from '@commonhall/kernel'

/** A webhook was switched off or paused by the house: whoever relies on it must act. */
export const webhookStopped = defineNotice('foundation.webhook-stopped', {
  label: 'Webhooks that have stopped',
  fields: {
    webhook: field.text({ required: true }),
    name: field.text({ required: true }),
    reason: field.text({ required: true, max: 500 }),
  },
  mail: 'now',
  message: ({ webhook, name, reason }) => ({
    title: say('webhooks:stopped.title', { name }),
    paragraphs: [reason, say('webhooks:stopped.kept')],
    act: { label: say('webhooks:stopped.act'), path: `/webhooks/${webhook}` },
  }),
  sample: {
    webhook: '01980000-0000-7000-8000-000000000001',
    name: 'Newsletter',
    reason: 'The receiver answered 410: it wants no more messages.',
  },
})
