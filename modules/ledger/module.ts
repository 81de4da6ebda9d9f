import { defineModule } from '@commonhall/kernel'
import { journal } from './reports/journal.ts'
import { trialBalance } from './reports/trial-balance.ts'
import { account } from './resources/account.ts'
import { entry } from './resources/entry.ts'
import { line } from './resources/line.ts'
import { addChart } from './routes/add-chart.ts'
import { exportBooks } from './routes/export-books.ts'
import { postEntry } from './routes/post-entry.ts'
import { reverseEntry } from './routes/reverse-entry.ts'
import { rules } from './rules.ts'
import { words } from './words/en.ts'

export const ledger = defineModule({
  name: 'ledger',
  label: 'Books',
  purpose: 'Accounts and a journal in double entry, to which payments post, and files for the bookkeeper.',
  icon: 'columns',
  folder: import.meta.dirname,
  resources: [entry, line, account],
  rules,
  routes: [postEntry, reverseEntry, addChart, exportBooks],
  reports: [trialBalance, journal],
  words,
})
