import { defineNotice, field, say, spokenDate } from '@commonhall/kernel'

/** Whether a bid was won is to be told, ten days after it at the latest. */
export const resultDue = defineNotice('market-recovery.result-due', {
  label: 'Results of bids that are due',
  fields: {
    project: field.ref('market-recovery.project', { required: true }),
    name: field.text({ required: true }),
    contractor: field.text({ required: true }),
    due_on: field.date({ required: true }),
  },
  mail: 'daily',
  message: ({ project, name, contractor, due_on: due }) => ({
    title: say('market-recovery:result_due.title', { name, due: spokenDate(due) }),
    paragraphs: [say('market-recovery:result_due.intro', { contractor })],
    act: { label: say('market-recovery:result_due.act'), path: `/projects/${project}` },
  }),
  sample: {
    project: '01983c5e-7f00-7000-8000-000000000003',
    name: 'Canal Street School',
    contractor: 'Bayline Electric',
    due_on: '2026-04-30',
  },
})
