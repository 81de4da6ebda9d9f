import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** The hours of one day of a week. Decimal strings. */
export interface DayOfWork {
  readonly on: string
  readonly regular: string
  readonly overtime: string
}

/** Hours that share their rates: a whole week, or one day of a week in which the scale changed. */
export interface CalculationLine {
  readonly from_on: string
  readonly until_on: string
  readonly regular: string
  readonly overtime: string
  /** The journeyman scale in force; null where it plays no part. */
  readonly scale: string | null
  readonly contractor_rate: string
  /** The most per hour, the fixed rate, or the award's rate; null where there is none. */
  readonly rate: string | null
  /** What came of it, per hour. */
  readonly per_hour: string
}

/** Every factor of a subsidy, as it was when it was figured: enough to get the same cents with a calculator. */
export interface Calculation {
  readonly basis: 'rate-gap' | 'fixed-rate' | 'award'
  readonly classification: string
  readonly overtime_factor: string
  readonly lines: readonly CalculationLine[]
}

/** The hours of one week of one assignment, and what they are subsidized with. */
export const hours = defineResource('market-recovery.hours', {
  label: 'Week of hours',
  plural: 'Hours',
  icon: 'clock',
  traits: ['audited'],
  title: 'Week to {week_ending}',
  about: {
    member: {
      erase: ['note'],
      keep: [
        'assignment',
        'week_ending',
        'regular',
        'overtime',
        'days',
        'over_40_confirmed',
        'adjusts',
        'subsidy',
        'calculation',
        'reason',
        'contractor',
        'program',
        'project',
        'state',
        'submitted_by',
        'submitted_at',
        'approved_by',
        'approved_at',
        'payment',
        'paid_on',
      ],
      because: 'What was paid for which hours must stay accountable to all members.',
    },
  },
  fields: {
    state: field.choice(['draft', 'submitted', 'approved', 'rejected', 'paid'], {
      computed: true,
      required: true,
      default: 'draft',
      names: { rejected: 'Sent back' },
      tones: { draft: 'new', submitted: 'warn', approved: 'good', rejected: 'bad', paid: 'good' },
    }),
    assignment: field.ref('market-recovery.assignment', { named: true, required: true, immutable: true }),
    member: field.ref('members.member', { named: true, computed: true, required: true }),
    contractor: field.ref('market-recovery.contractor', { named: true, computed: true, required: true }),
    program: field.ref('market-recovery.program', { named: true, computed: true, required: true }),
    project: field.ref('market-recovery.project', { named: true, computed: true }),
    week_ending: field.date({
      required: true,
      help: 'The last day of the contractor’s payroll week.',
      aka: ['Week ending', 'WE', 'W/E', 'Week', 'Period end'],
    }),
    regular: field.hours({
      required: true,
      default: '0',
      total: true,
      label: 'Regular hours',
      aka: ['Regular', 'Reg', 'ST', 'Straight time', 'Hours'],
    }),
    overtime: field.hours({
      required: true,
      default: '0',
      total: true,
      label: 'Overtime hours',
      aka: ['Overtime', 'OT'],
    }),
    days: field.json<readonly DayOfWork[]>({
      label: 'Hours per day',
      help: 'Needed in a week in which the scale changes.',
    }),
    over_40_confirmed: field.yesNo({
      label: 'More than 40 regular hours are right',
      help: 'Say yes where more than 40 hours of a week were paid as regular ones.',
    }),
    adjusts: field.ref('market-recovery.hours', {
      immutable: true,
      help: 'The paid week that this one puts right. Hours too many are taken back with a minus.',
    }),
    subsidy: field.money({ computed: true, required: true, default: '0.00', total: true }),
    calculation: field.json<Calculation>({ computed: true }),
    note: field.longText({ max: 1000 }),
    reason: field.longText({ computed: true, max: 1000, label: 'Why it came back' }),
    submitted_by: field.ref('foundation.org_user', { named: true, computed: true }),
    submitted_at: field.instant({ computed: true, label: 'Submitted' }),
    approved_by: field.ref('foundation.org_user', { named: true, computed: true }),
    approved_at: field.instant({ computed: true, label: 'Approved' }),
    payment: field.ref('market-recovery.payment', { named: true, computed: true }),
    paid_on: field.date({ computed: true, label: 'Paid' }),
  },
  views: {
    list: ['week_ending', 'member', 'contractor', 'program', 'regular', 'overtime', 'subsidy', 'state'],
    filters: ['state', 'week_ending', 'contractor', 'program', 'member', 'assignment', 'submitted_by', 'payment'],
    sort: ['-week_ending'],
    sortable: ['submitted_at'],
    groups: [
      { label: 'Week', fields: ['assignment', 'week_ending', 'state', 'adjusts', 'reason'] },
      { label: 'Hours', fields: ['regular', 'overtime', 'days', 'over_40_confirmed', 'subsidy'] },
      { label: 'Where', fields: ['member', 'contractor', 'program', 'project'] },
      {
        label: 'Settled',
        fields: ['submitted_by', 'submitted_at', 'approved_by', 'approved_at', 'payment', 'paid_on'],
      },
      { label: 'Notes', fields: ['note', 'calculation'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.hours': TableOf<typeof hours>
  }
}
