import { defineReport, field } from '@commonhall/kernel'

/** Everything that a report can declare at once. */
export const spending = defineReport('notebook.spending', {
  title: 'What entries cost',
  purpose: 'Cost and hours of each entry, by mood.',
  rule: 'notebook.entry.create',
  asks: {
    from: field.date(),
    until: field.date(),
    mood: field.choice(['calm', 'glad', 'cross']),
    about: field.ref('members.member'),
  },
  period: { from: 'from', until: 'until' },
  columns: {
    mood: field.text(),
    title: field.text({ record: { resource: 'notebook.entry', by: 'entry' } }),
    day: field.date(),
    cost: field.money({ total: true }),
    spent: field.hours({ total: true }),
    score: field.count({ total: true }),
    entry: field.ref('notebook.entry', { hidden: true }),
  },
  sort: ['day', 'title'],
  groupBy: ['mood'],
  chart: { kind: 'line', x: 'day', per: 'month', y: ['cost'] },
  landscape: true,
  query: (ctx, { from, until, mood, about }) =>
    ctx.db
      .selectFrom('notebook.entry')
      .select(['mood', 'title', 'day', 'cost', 'spent', 'score', 'id as entry'])
      .$if(from !== null, (query) => query.where('day', '>=', from))
      .$if(until !== null, (query) => query.where('day', '<=', until))
      .$if(mood !== null, (query) => query.where('mood', '=', mood))
      .$if(about !== null, (query) => query.where('about', '=', about)),
})
