import { mailMessage } from '../foundation/mail-resources.ts'
import { auditLine } from '../foundation/resources.ts'
import { judge } from '../rules.ts'
import { type Http, orgPath, reading } from './door.ts'
import { jsonReply, orgParameters, refusals } from './schemas.ts'

const reply = {
  type: 'object',
  required: ['metrics', 'recent'],
  properties: {
    metrics: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['name', 'label', 'unit', 'value', 'leads_to'],
        properties: {
          name: { type: 'string' },
          label: { type: 'string' },
          unit: { type: 'string', enum: ['count', 'money', 'hours', 'percent'] },
          value: { type: ['integer', 'string'] },
          leads_to: { type: ['string', 'null'] },
        },
      },
    },
    recent: { type: 'array', maxItems: 20, items: { type: 'object', additionalProperties: true } },
  },
} as const

/** What people did. What the house was filled with at the start is no news, and mail follows from what was done. */
const lately = {
  limit: '10',
  'filter[kind]': 'change',
  'filter[via][ne]': 'seed',
  'filter[resource][ne]': mailMessage.name,
}

/** The org's first page: the numbers that people watch, and what happened lately, as far as this person may know. */
export function registerOverview({ app, engine, authenticate }: Http): void {
  const http = { app, engine, authenticate }
  app.get(`${orgPath}/overview`, {
    schema: {
      tags: ['Organization'],
      summary: 'Numbers and recent changes',
      params: orgParameters,
      response: { 200: jsonReply('The overview', reply), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller) => {
      const { registry } = engine
      const allowed = (permission: string) => {
        const rule = registry.rules.get(permission)
        return rule !== undefined && judge(rule, permission, caller.actor) === true
      }
      const watched = registry.metrics.filter(
        ({ name, rule }) => caller.org.modules.has(name.split('.')[0] ?? '') && allowed(rule),
      )
      const metrics = await engine.act(caller, async (context) => {
        const values = []
        for (const metric of watched) {
          const { name, label, unit, leadsTo = null } = metric
          values.push({ name, label, unit, value: await metric.value(context), leads_to: leadsTo })
        }
        return values
      })
      const recent = allowed('foundation.audit_line.read')
        ? (await engine.records.list(caller, auditLine, lately)).data
        : []
      return { metrics, recent }
    }),
  })
}
