import { page } from './pages.ts'

/** Sentences of the ledger. */
export const words = {
  page,
  too_few_lines: 'An entry has two lines at least: where the money comes from, and where it goes.',
  too_many_lines: 'An entry has {{most}} lines at most. Split it.',
  not_an_amount: 'Line {{line}} has no amount such as 12.50 or -12.50.',
  no_amount: 'Line {{line}} is zero. Leave it out, or give it its amount.',
  unbalanced: {
    debits: 'Debits are {{by}} more than credits. The lines of an entry add up to zero.',
    credits: 'Credits are {{by}} more than debits. The lines of an entry add up to zero.',
  },
  short: {
    too_few_lines: 'Two lines at least.',
    too_many_lines: 'Too many lines.',
    unbalanced: 'The lines do not add up to zero.',
  },
  not_a_list: 'Lines are a list: [{"account": "5000", "amount": "600.00"}, …].',
  in_line: 'Line {{line}}: {{message}}',
  dates_reversed: 'The last day is before the first.',
  constraint: { account_number: 'The number of an account is three to seven digits.' },
  no_account: 'There is no account {{code}}. Add it under Accounts first, or name another.',
  no_entry: 'There is no such entry.',
  nothing_to_reverse: 'There is nothing to take back: no entry stands for it, or all are reversed already.',
  is_reversal: 'Entry {{number}} is a reversal itself. Post what it took back once more instead.',
  is_reversed: 'Entry {{number}} is reversed already, by entry {{by}}.',
  from_elsewhere: 'Entry {{number}} comes from a payment. Void that, and the books follow.',
  before_entry: 'Entry {{number}} is of {{on}}. Its reversal cannot be of an earlier day.',
} as const
