import { defineNotice, field, say, spokenDate, spokenDistance, spokenMoney } from '@commonhall/kernel'

/** An invoice should have been paid by now. */
export const invoiceOverdue = defineNotice('notices.invoice-overdue', {
  label: 'Invoices that are overdue',
  fields: {
    number: field.text({ required: true }),
    payer: field.text({ required: true }),
    open_amount: field.money({ required: true }),
    due_on: field.date({ required: true }),
    days_late: field.count({ required: true }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ number, payer, open_amount, due_on, days_late, path }) {
    const amount = spokenMoney(open_amount)
    return {
      title: say('notices:invoice.title', { number, payer, amount }),
      paragraphs: [say('notices:invoice.intro', { when: spokenDistance(-days_late) })],
      facts: [
        { label: say('notices:invoice.number'), value: number },
        { label: say('notices:invoice.payer'), value: payer },
        { label: say('notices:invoice.open_amount'), value: amount },
        { label: say('notices:invoice.due_on'), value: spokenDate(due_on) },
      ],
      act: { label: say('notices:invoice.act'), path },
      notes: [say('notices:invoice.crossed')],
    }
  },
  sample: {
    number: 'INV-0412',
    payer: 'Bayside Mechanical',
    open_amount: '4180.00',
    due_on: '2026-03-17',
    days_late: 14,
    path: '/members',
  },
})
