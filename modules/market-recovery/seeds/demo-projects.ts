import type { Insertable } from 'kysely'
import { dayAfter, type Tables } from '@commonhall/kernel'
import type { DemoDays } from './demo-places.ts'

type Project = Omit<Insertable<Tables['market_recovery.project']>, 'contractor'> & {
  readonly contractor: string
  /** What the award gives for an hour of each classification. */
  readonly rates?: Readonly<Record<string, string>>
}

/** Jobs at every step, one of them with an award that is nearly used up. Contractors by their names. */
export const demoProjects = ({ today }: DemoDays, program: string, scale: number): readonly Project[] => [
  ...awarded(today, program, scale),
  ...withoutAward(today, program),
]

const awarded = (today: string, program: string, scale: number): readonly Project[] => [
  {
    name: 'Pier 4 Cold Storage',
    state: 'agreed',
    contractor: 'Sound Industrial',
    program,
    place: 'Pier 4, Harbor District',
    bid_on: dayAfter(today, -210),
    competitors: 'Two crews from out of state',
    hours_wanted: `${4200 * scale}.00`,
    award_hours: `${4000 * scale}.00`,
    award_amount: `${38_000 * scale}.00`,
    award_expires_on: dayAfter(today, 90),
    decided_on: dayAfter(today, -220),
    result_due_on: dayAfter(today, -200),
    result_on: dayAfter(today, -204),
    agreement_on: dayAfter(today, -196),
    rates: {
      Journeyman: '9.2500',
      Foreman: '9.2500',
      'Apprentice 1': '4.0000',
      'Apprentice 2': '5.0000',
      'Apprentice 3': '6.5000',
    },
  },
  {
    name: 'Canal Street School',
    state: 'awarded',
    contractor: 'Bayline Electric',
    program,
    place: 'Canal Street 210',
    bid_on: dayAfter(today, -16),
    prevailing_wage: 'state',
    hours_wanted: '1800.00',
    award_hours: '1500.00',
    award_amount: '15000.00',
    award_expires_on: dayAfter(today, 300),
    decided_on: dayAfter(today, -20),
    result_due_on: dayAfter(today, -6),
    rates: { Journeyman: '10.0000' },
  },
  {
    name: 'Foundry Lofts',
    state: 'lost',
    contractor: 'Northgate Power',
    program,
    place: 'Foundry Lane 8',
    bid_on: dayAfter(today, -120),
    hours_wanted: '900.00',
    award_hours: '900.00',
    decided_on: dayAfter(today, -130),
    result_due_on: dayAfter(today, -110),
    result_on: dayAfter(today, -112),
    reason: 'Lost by 3 percent to a bidder from out of state.',
    rates: { Journeyman: '8.0000' },
  },
]

const withoutAward = (today: string, program: string): readonly Project[] => [
  {
    name: 'Courthouse Annex',
    state: 'denied',
    contractor: 'Tidewater Construction',
    program,
    place: 'Federal Plaza',
    bid_on: dayAfter(today, -40),
    prevailing_wage: 'federal',
    hours_wanted: '2500.00',
    decided_on: dayAfter(today, -52),
    reason: 'Federal prevailing wage work is not subsidized from wage deductions.',
  },
  {
    name: 'Orchard Way Clinic',
    contractor: 'Cascade Controls',
    program,
    place: 'Orchard Way 31',
    bid_on: dayAfter(today, 12),
    competitors: 'Three, of which one is signatory',
    hours_wanted: '640.00',
  },
]
