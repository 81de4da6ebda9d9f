import { dayAfter, defineWorkflow, field, say } from '@commonhall/kernel'
import { project } from '../resources/project.ts'

const reason = field.longText({ required: true, min: 3, max: 1000 })
const decide = 'market-recovery.project.decide'
const report = 'market-recovery.project.report'

/** So many days after the bid its result is to be told. Source: domain rules of market recovery, "Things". */
const daysToReport = 10

export const projectWorkflow = defineWorkflow(project, {
  award: {
    label: 'Award',
    from: ['requested'],
    to: 'awarded',
    rule: decide,
    tone: 'primary',
    guard: (_ctx, { program }) => (program === null ? say('market-recovery:project.no_program') : undefined),
    sets: (ctx, { bid_on: bid }) => ({
      decided_on: ctx.today,
      result_due_on: dayAfter(bid ?? ctx.today, daysToReport),
    }),
  },
  deny: {
    label: 'Deny',
    from: ['requested'],
    to: 'denied',
    rule: decide,
    tone: 'danger',
    asks: { reason },
    sets: (ctx, _record, input) => ({ decided_on: ctx.today, reason: input['reason'] }),
  },
  'report-won': {
    label: 'Bid won',
    from: ['awarded'],
    to: 'won',
    rule: report,
    tone: 'primary',
    sets: (ctx) => ({ result_on: ctx.today }),
  },
  'report-lost': {
    label: 'Bid lost',
    from: ['awarded'],
    to: 'lost',
    rule: report,
    asks: { reason: field.longText({ max: 1000, label: 'Who won, and with what bid' }) },
    sets: (ctx, _record, input) => ({ result_on: ctx.today, reason: input['reason'] }),
  },
  'sign-agreement': {
    label: 'Agreement signed',
    from: ['won'],
    to: 'agreed',
    rule: report,
    tone: 'primary',
    asks: { agreement_on: field.date({ required: true, label: 'Signed on', default: 'today' }) },
    sets: (_ctx, _record, input) => ({ agreement_on: input['agreement_on'] }),
  },
  close: { label: 'Close', from: ['won', 'agreed'], to: 'closed', rule: decide },
})
