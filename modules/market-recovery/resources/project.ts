import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A job that a contractor asks help for before it bids: what was asked, what was awarded, and whether it was won. */
export const project = defineResource('market-recovery.project', {
  label: 'Project',
  plural: 'Projects',
  icon: 'hammer',
  traits: ['audited', 'attachable'],
  title: '{name}',
  naturalKey: 'name',
  fields: {
    name: field.text({ required: true, unique: true, max: 160 }),
    state: field.choice(['requested', 'awarded', 'denied', 'won', 'lost', 'agreed', 'closed'], {
      required: true,
      default: 'requested',
      names: { won: 'Bid won', lost: 'Bid lost', agreed: 'Agreement signed' },
      tones: {
        requested: 'new',
        awarded: 'warn',
        denied: 'idle',
        won: 'good',
        lost: 'bad',
        agreed: 'good',
        closed: 'idle',
      },
    }),
    contractor: field.ref('market-recovery.contractor', { required: true }),
    program: field.ref('market-recovery.program', { named: true, help: 'The program that pays.' }),
    place: field.text({ max: 200 }),
    bid_on: field.date({ label: 'Bid date' }),
    competitors: field.longText({ max: 1000 }),
    prevailing_wage: field.choice(['none', 'federal', 'state', 'local'], {
      required: true,
      default: 'none',
      help: 'On federal work (Davis-Bacon) no hour may be subsidized from wage deductions.',
    }),
    hours_wanted: field.hours({ min: '0' }),
    award_hours: field.hours({ min: '0', label: 'Hours awarded', help: 'The most hours. Empty for no limit.' }),
    award_amount: field.money({ min: '0', label: 'Amount awarded', help: 'The most money. Empty for no limit.' }),
    award_expires_on: field.date({ label: 'Award expires', help: 'The last day whose hours are subsidized.' }),
    used_hours: field.hours({ computed: true, required: true, default: '0.00', help: 'Approved or paid.' }),
    used_amount: field.money({ computed: true, required: true, default: '0.00', help: 'Approved or paid.' }),
    decided_on: field.date({ computed: true, label: 'Decided' }),
    result_due_on: field.date({ computed: true, label: 'Result of the bid due' }),
    result_on: field.date({ computed: true, label: 'Result reported' }),
    agreement_on: field.date({ computed: true, label: 'Agreement signed on' }),
    reason: field.longText({ computed: true, max: 1000 }),
    notes: field.longText(),
  },
  views: {
    list: ['name', 'state', 'contractor', 'program', 'bid_on', 'award_hours', 'used_hours', 'award_amount'],
    search: ['name', 'place'],
    filters: ['state', 'contractor', 'program', 'prevailing_wage', 'bid_on', 'result_due_on'],
    sort: ['-bid_on'],
    groups: [
      {
        label: 'Request',
        fields: ['name', 'state', 'contractor', 'place', 'bid_on', 'competitors', 'prevailing_wage'],
      },
      { label: 'Award', fields: ['program', 'hours_wanted', 'award_hours', 'award_amount', 'award_expires_on'] },
      {
        label: 'So far',
        fields: ['used_hours', 'used_amount', 'decided_on', 'result_due_on', 'result_on', 'agreement_on', 'reason'],
      },
      { label: 'Notes', fields: ['notes'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.project': TableOf<typeof project>
  }
}
