import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** What money is kept under. Number and kind stay; what it is called, here and in QuickBooks, can change. */
export const account = defineResource('ledger.account', {
  label: 'Account',
  plural: 'Accounts',
  path: 'ledger-accounts',
  traits: ['audited'],
  title: '{code} {name}',
  naturalKey: 'code',
  fields: {
    code: field.text({
      required: true,
      unique: true,
      immutable: true,
      max: 7,
      label: 'Number',
      help: 'Three to seven digits. It cannot be changed later.',
      aka: ['Account no', 'Acct', 'Code'],
    }),
    name: field.text({ required: true, max: 100 }),
    kind: field.choice(['asset', 'liability', 'equity', 'income', 'expense'], { required: true, immutable: true }),
    quickbooks_name: field.text({
      max: 159,
      label: 'Name in QuickBooks',
      help: 'As it is spelled there, with colons between an account and its subaccount. Empty: the name.',
    }),
    quickbooks_type: field.choice(
      ['BANK', 'AR', 'OCASSET', 'FIXASSET', 'OASSET', 'AP', 'CCARD', 'OCLIAB', 'LTLIAB', 'EQUITY', 'INC', 'EXP'],
      { label: 'Type in QuickBooks', help: 'Empty: what fits its kind.' },
    ),
  },
  views: {
    list: ['code', 'name', 'kind', 'quickbooks_name'],
    filters: ['kind'],
    sort: ['code'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'ledger.account': TableOf<typeof account>
  }
}
