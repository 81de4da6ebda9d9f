import { defineNotice, field, say, spokenDate, spokenMoney } from '@commonhall/kernel'

/** Money has come in from the reader: their receipt. */
export const paymentReceived = defineNotice('notices.payment-received', {
  label: 'Receipts for payments',
  fields: {
    amount: field.money({ required: true }),
    paid_for: field.text({ required: true }),
    received_on: field.date({ required: true }),
    method: field.text(),
    number: field.text({ required: true, help: 'The number of the receipt.' }),
    balance: field.money({ help: 'What is open after it; nothing when all is paid.' }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ amount, paid_for, received_on, method, number, balance, path }, { org }) {
    return {
      title: say('notices:payment.title', { amount: spokenMoney(amount), paid_for }),
      paragraphs: [say('notices:payment.intro', { org })],
      facts: [
        { label: say('notices:payment.amount'), value: spokenMoney(amount) },
        { label: say('notices:payment.paid_for'), value: paid_for },
        { label: say('notices:payment.received_on'), value: spokenDate(received_on) },
        ...(method ? [{ label: say('notices:payment.method'), value: method }] : []),
        { label: say('notices:payment.number'), value: number },
        ...(balance === null ? [] : [{ label: say('notices:payment.balance'), value: spokenMoney(balance) }]),
      ],
      act: { label: say('notices:payment.act'), path },
      notes: [say('notices:payment.keep')],
    }
  },
  sample: {
    amount: '126.50',
    paid_for: 'Dues for March 2026',
    received_on: '2026-03-31',
    method: 'Check 2041',
    number: 'R-2026-0318',
    balance: '0.00',
    path: '/members',
  },
})
