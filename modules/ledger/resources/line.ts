import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** One account's part of an entry: a debit is more than zero, a credit less. */
export const line = defineResource('ledger.line', {
  label: 'Journal line',
  plural: 'Journal lines',
  ownWriting: true,
  title: '{posted_on} {amount}',
  fields: {
    entry: field.ref('ledger.entry', { required: true }),
    position: field.count({ required: true, min: 1, label: 'Line' }),
    posted_on: field.date({ required: true, label: 'Date' }),
    account: field.ref('ledger.account', { required: true }),
    amount: field.money({ required: true, help: 'A debit is more than zero, a credit less.' }),
    payee: field.text({ max: 200 }),
    memo: field.text({ max: 500 }),
  },
  views: {
    list: ['posted_on', 'entry', 'account', 'payee', 'memo', 'amount'],
    filters: ['account', 'entry', 'posted_on', 'amount', 'payee'],
    sort: ['-posted_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'ledger.line': TableOf<typeof line>
  }
}
