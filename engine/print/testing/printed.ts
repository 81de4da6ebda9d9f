import { field } from '@commonhall/kernel'
import type { Printed, PrintedLine } from '../printed.ts'

const columns = [
  { heading: 'Week ending', field: field.date() },
  { heading: 'Member', field: field.text() },
  { heading: 'Hours', field: field.hours() },
  { heading: 'Subsidy', field: field.money() },
]

/** A report of Local 100 as it might be printed. */
export const reportOf = (lines: Printed['lines'], more: Partial<Printed> = {}): Printed => ({
  org: { id: 'local-100', name: 'Harbor Trades Local 100', timeZone: 'America/New_York' },
  title: 'Weekly hours',
  period: { from: '2026-01-01', until: '2026-03-31' },
  filters: [['Program', 'Renovation 2026']],
  module: 'market-recovery',
  columns,
  lines,
  by: 'Dana Whitfield',
  at: new Date('2026-04-01T13:30:00Z'),
  ...more,
})

/** So many rows, each told from the others by its member. */
export const rowsOf = (many: number): PrintedLine[] =>
  Array.from({ length: many }, (_, at) => ['2026-03-08', `Member ${at}`, '8.00', '100.50'])

/** The same in groups of so many rows, each with its subtotal, and a total below all. */
export const groupsOf = (many: number, each: number): PrintedLine[] => [
  ...Array.from({ length: many / each }, (_, group): PrintedLine[] => [
    { as: 'group', label: `Contractor ${group}` },
    ...rowsOf(each),
    { as: 'subtotal', label: `Sum of contractor ${group}`, values: [null, null, `${each * 8}`, `${each * 100.5}`] },
  ]).flat(),
  { as: 'total', label: 'Total', values: [null, null, `${many * 8}`, `${many * 100.5}`] },
]
