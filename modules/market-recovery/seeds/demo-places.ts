import type { Insertable } from 'kysely'
import { dayAfter, lastWeekday, type Tables } from '@commonhall/kernel'

/** Days of the demo are counted from the day on which it is made, so that there is always something to do now. */
export interface DemoDays {
  readonly today: string
  /** The Wednesday, ten weeks ago or so, on which the new scale began. */
  readonly raisedOn: string
}

export const demoDays = (today: string): DemoDays => ({ today, raisedOn: lastWeekday(dayAfter(today, -70), 3) })

/** Each classification with its old rate and its new one. */
const wages = [
  ['Journeyman', '61.3750', '63.1250'],
  ['Foreman', '68.5000', '70.2500'],
  ['Apprentice 1', '30.6875', '31.5625'],
  ['Apprentice 2', '36.8250', '37.8750'],
  ['Apprentice 3', '42.9625', '44.1875'],
] as const

export const demoScales = ({ today, raisedOn }: DemoDays): Insertable<Tables['market_recovery.scale']>[] =>
  wages.flatMap(([classification, before, now]) => [
    { classification, rate: before, from_on: dayAfter(today, -700), until_on: dayAfter(raisedOn, -1) },
    { classification, rate: now, from_on: raisedOn },
  ])

/** Invented companies; the weekday is the last one of their payroll week. */
export const demoContractors = ({ today }: DemoDays): Insertable<Tables['market_recovery.contractor']>[] => [
  {
    name: 'Bayline Electric',
    payroll_weekday: 7,
    contact: 'Rita Calloway',
    email: 'payroll@bayline.example',
    phone: '555-0142',
    agreement_from_on: dayAfter(today, -900),
    quickbooks_name: 'Bayline Electric Inc.',
  },
  { name: 'Northgate Power', payroll_weekday: 6, contact: 'Hugh Tanaka', phone: '555-0177' },
  { name: 'Sound Industrial', payroll_weekday: 7, contact: 'Mireille Aubert', phone: '555-0118' },
  { name: 'Cascade Controls', payroll_weekday: 5, contact: 'Ned Farrow', phone: '555-0163' },
  { name: 'Evergreen Solar Works', payroll_weekday: 7, contact: 'Priyanka Rao', phone: '555-0129' },
  { name: 'Tidewater Construction', payroll_weekday: 6, contact: 'Gus Lindholm', phone: '555-0151' },
  {
    name: 'Ridgeway Mechanical',
    payroll_weekday: 7,
    contact: 'Dana Holt',
    state: 'suspended',
    reason: 'Two months of certified payrolls are missing.',
  },
  { name: 'Open Shop Builders', payroll_weekday: 7, signatory: false, notes: 'Asked what signing would mean.' },
]

const year = (day: string) => Number(day.slice(0, 4))

export const demoPrograms = ({ today }: DemoDays, scale: number): Insertable<Tables['market_recovery.program']>[] => [
  {
    name: `Harbor Market Recovery ${year(today)}`,
    state: 'active',
    basis: 'rate-gap',
    hourly_subsidy_rate: '12.5000',
    overtime_factor: '1.5',
    budget: `${520_000 * scale}.00`,
    from_on: dayAfter(today, -230),
    until_on: dayAfter(today, 150),
    description: 'The gap between the scale and what the contractor pays, up to 12.50 an hour.',
  },
  {
    name: 'Residential Wage Support',
    state: 'completed',
    basis: 'fixed-rate',
    hourly_subsidy_rate: '6.7500',
    budget: `${120_000 * scale}.00`,
    from_on: dayAfter(today, -420),
    until_on: dayAfter(today, -56),
    description: 'The same rate for every hour of residential work.',
  },
  {
    name: `Solar Targeting ${year(today) + 1}`,
    state: 'planned',
    basis: 'rate-gap',
    budget: `${300_000 * scale}.00`,
    from_on: `${year(today) + 1}-01-01`,
    until_on: `${year(today) + 1}-12-31`,
    description: 'For bids against out-of-state crews on solar fields.',
  },
]
