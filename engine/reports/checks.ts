import type { Fields } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { machineAsks } from './asked.ts'
import { totalsOf } from './statement.ts'

/** What is wrong with a declared report is found at boot, not by whoever asks for it. */
export function checkReports({ reports, resources }: Pick<Registry, 'reports' | 'resources'>): void {
  for (const report of reports.values()) {
    const { name, asks, columns, sort, groupBy = [], chart, period } = report
    const shown = Object.keys(columns).filter((column) => !columns[column]?.hidden)
    must(
      `${name} sorts by`,
      shown,
      sort.map((term) => term.replace(/^-/, '')),
    )
    must(`${name} groups by`, shown, groupBy)
    must(`${name} draws`, shown, chart ? [chart.x] : [])
    must(`${name} adds up what it draws:`, totalsOf(columns), chart?.y ?? [])
    must(`${name} draws weeks or months of`, daysIn(columns), chart?.per ? [chart.x] : [])
    must(`${name} has as its days`, daysIn(asks), period ? [period.from, period.until] : [])
    const taken = machineAsks.find((ask) => Object.hasOwn(asks, ask))
    if (taken) throw new Error(`${name} asks for "${taken}", which the machine understands by itself.`)
    for (const { record } of Object.values(columns)) {
      if (!record) continue
      if (!resources.has(record.resource))
        throw new Error(`${name} leads to "${record.resource}", which nobody declares.`)
      must(`${name} finds its records by`, Object.keys(columns), [record.by])
    }
  }
}

const daysIn = (asks: Fields) => Object.keys(asks).filter((name) => asks[name]?.kind === 'date')

function must(what: string, known: readonly string[], names: readonly string[]): void {
  const strange = names.find((name) => !known.includes(name))
  if (strange !== undefined) throw new Error(`${what} "${strange}", which cannot be.`)
}
