import { defineResource, field, type JsonSchema } from '@commonhall/kernel'

const asked: JsonSchema = {
  type: 'object',
  description: 'As in the address of the report; its days by a name, such as {"period": "last-week"}',
  additionalProperties: { type: 'string', maxLength: 1000 },
}
const recipients: JsonSchema = {
  type: 'array',
  description: 'Ids of people of the organization',
  minItems: 1,
  maxItems: 50,
  items: { type: 'string', format: 'uuid' },
}

/** A report that goes out by mail. Its days are told by a name, so that they move on. */
export const reportSchedule = defineResource('foundation.report_schedule', {
  label: 'Report by mail',
  plural: 'Report schedules',
  icon: 'mail',
  title: '{report}',
  traits: ['audited'],
  fields: {
    report: field.text({ required: true, max: 120 }),
    asked: field.json({ required: true, default: {}, schema: asked }),
    format: field.choice(['pdf', 'xlsx', 'csv'], { required: true, default: 'pdf' }),
    every: field.choice(['week', 'month'], { required: true }),
    day: field.count({ required: true, min: 1, max: 31, help: '1 Monday to 7 Sunday, or the day of the month.' }),
    hour: field.count({ required: true, default: 7, max: 23 }),
    recipients: field.json({ required: true, schema: recipients }),
    state: field.choice(['active', 'paused'], {
      required: true,
      default: 'active',
      tones: { active: 'good', paused: 'idle' },
    }),
    made_by: field.ref('foundation.org_user', { computed: true }),
    next_at: field.instant({ computed: true, label: 'Goes out' }),
    last_at: field.instant({ computed: true, label: 'Went out' }),
  },
  views: {
    list: ['report', 'every', 'format', 'state', 'next_at', 'last_at'],
    filters: ['report', 'state'],
    sort: ['report'],
  },
})
