import { defineNotice, field, say, spokenMoney } from '@commonhall/kernel'

/** A program or an award has passed the share at which its org wants to be warned: told once as it passes. */
export const budgetNearlySpent = defineNotice('market-recovery.budget-nearly-spent', {
  label: 'Budgets and awards that are nearly spent',
  fields: {
    name: field.text({ required: true }),
    percent: field.percent({ required: true }),
    /** In dollars, or in hours of an award. */
    measure: field.choice(['money', 'hours'], { required: true }),
    used: field.money({ required: true }),
    most: field.money({ required: true }),
    path: field.text({ required: true }),
  },
  mail: 'now',
  message({ name, percent, measure, used, most, path }) {
    const amount = (value: string) =>
      measure === 'money' ? spokenMoney(value) : say('market-recovery:nearly_spent.hours', { value })
    return {
      title: say('market-recovery:nearly_spent.title', { name, percent }),
      paragraphs: [say('market-recovery:nearly_spent.intro')],
      facts: [
        { label: say('market-recovery:nearly_spent.used'), value: amount(used) },
        { label: say('market-recovery:nearly_spent.most'), value: amount(most) },
      ],
      act: { label: say('market-recovery:nearly_spent.act'), path },
    }
  },
  sample: {
    name: 'Harbor 2026',
    percent: '80',
    measure: 'money',
    used: '80250.00',
    most: '100000.00',
    path: '/programs/01983c5e-7f00-7000-8000-000000000001',
  },
})
