import { defineFileRoute, field, refuseField, say } from '@commonhall/kernel'
import { journalFile, journalFormats, journalType } from '../exports/journal-file.ts'

/** The journal of a period for another program. */
export const exportBooks = defineFileRoute({
  method: 'GET',
  path: '/ledger/export',
  summary: 'Take the books out, for hledger, Beancount or QuickBooks',
  rule: 'ledger.entry.export',
  query: {
    format: field.choice([...journalFormats], { required: true }),
    from: field.date({ label: 'First day' }),
    until: field.date({ label: 'Last day' }),
    through: field.count({ min: 1, label: 'Last entry', help: 'The books as they stood after this entry.' }),
  },
  sends: journalType,
  async run(ctx, { query: { format, from, until, through } }) {
    if (from && until && until < from) return refuseField('until', 'dates_reversed', say('ledger:dates_reversed'))
    const days = [from ?? (until ? 'begin' : ''), until ?? ''].filter(Boolean)
    const name = [ctx.org.slug, 'books', ...days].join('-')
    return journalFile(ctx, format, name, { from, until, through })
  },
})
