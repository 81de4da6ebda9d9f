import { sql } from 'kysely'
import {
  allow,
  defineEvent,
  defineJob,
  defineModule,
  defineReport,
  defineResource,
  defineRoute,
  defineRules,
  defineWorkflow,
  field,
  on,
  own,
  same,
  type TableOf,
} from '@commonhall/kernel'
import { spending } from './spending.ts'

/** One field of every kind, and every trait: what the machine must do for any resource, it must do for this one. */
export const entry = defineResource('notebook.entry', {
  label: 'Entry',
  plural: 'Entries',
  traits: ['audited', 'archivable', 'attachable'],
  title: '{title}',
  naturalKey: 'code',
  files: { most: 3, keepYears: 1 },
  about: {
    about: {
      replace: { title: 'Erased {code}' },
      erase: ['code', 'body', 'whisper', 'detail', 'fixed', 'photo', 'tags'],
      keep: ['mood', 'cost', 'rate', 'score', 'spent', 'share', 'day', 'moment', 'done', 'written_by', 'state'],
      because: 'The books need the figures.',
    },
  },
  fields: {
    title: field.text({ required: true, max: 80 }),
    code: field.text({ unique: true, max: 20 }),
    body: field.longText(),
    mood: field.choice(['calm', 'glad', 'cross']),
    cost: field.money({ min: '-1000' }),
    rate: field.money({ decimals: 4 }),
    score: field.count({ min: -5, max: 1000 }),
    spent: field.hours(),
    share: field.percent(),
    day: field.date(),
    moment: field.instant(),
    done: field.yesNo(),
    about: field.ref('members.member'),
    detail: field.json(),
    written_by: field.ref(undefined, { computed: true }),
    fixed: field.text({ immutable: true }),
    whisper: field.text({ max: 80 }),
    photo: field.file({ types: ['image'] }),
    tags: field.tags(),
    state: field.choice(['draft', 'filed', 'shredded'], { required: true, default: 'draft' }),
  },
  views: {
    list: ['title', 'day', 'state'],
    search: ['title', 'body'],
    filters: ['mood', 'day'],
    sort: ['title'],
    sortable: ['day'],
  },
})

export const noted = defineEvent('notebook.noted', {
  entry: field.ref('notebook.entry', { required: true }),
  title: field.text(),
})

const rules = defineRules({
  'notebook.entry.read': allow('admin', 'officer', 'staff').or(own('about')),
  'notebook.entry.whisper.read': allow('admin', 'staff').or(own('about')),
  'notebook.entry.whisper.write': allow('admin'),
  'notebook.entry.create': allow('admin', 'officer', 'staff'),
  'notebook.entry.update': allow('admin', 'staff'),
  'notebook.entry.archive': allow('admin'),
  'notebook.entry.file': allow('admin', 'officer').unless(
    same('written_by', 'actor'),
    'You wrote this; somebody else must file it.',
  ),
})

export const filing = defineWorkflow(entry, {
  file: {
    from: ['draft'],
    to: 'filed',
    rule: 'notebook.entry.file',
    guard: (_ctx, { title }) => (title === 'unfit' ? 'This entry is not fit to be filed.' : undefined),
    emits: { event: noted, payload: ({ id, title }) => ({ entry: id, title }) },
  },
  shred: { from: ['filed'], to: 'shredded', rule: 'notebook.entry.file' },
})

/** Notes each announcement with an entry of its own; fails the first time when the title says so. */
export const copied = { tries: 0 }

const copyNoted = on(noted, 'notebook.noted-is-copied', async (ctx, { entry: id, title }) => {
  copied.tries += 1
  await ctx.db
    .insertInto('notebook.entry')
    .values({ title: `copy of ${title}`, body: id, state: 'draft' })
    .execute()
  if (title === 'fails once' && copied.tries === 1) throw new Error('The first try fails.')
})

export const tidy = defineJob('notebook.entries-are-tidy', {
  fields: { title: field.text({ required: true }) },
  async run(ctx, { title }) {
    await ctx.db.insertInto('notebook.entry').values({ title, state: 'draft' }).execute()
    if (title === 'slow') await sql`select pg_sleep(0.7)`.execute(ctx.db)
  },
})

const nightly = defineJob('notebook.entries-are-counted', { schedule: '0 6 * * *', run: () => Promise.resolve() })

const entriesByMood = defineReport('notebook.by-mood', {
  title: 'Entries by mood',
  purpose: 'How the house feels.',
  rule: 'notebook.entry.create',
  asks: { least: field.count({ default: 0 }) },
  columns: { mood: field.text(), n: field.count() },
  sort: ['mood'],
  query: (ctx, { least }) =>
    ctx.db
      .selectFrom('notebook.entry')
      .select(['mood', (e) => e.fn.countAll<number>().as('n')])
      .groupBy('mood')
      .having((e) => e.fn.countAll(), '>=', least ?? 0),
})

/** Shows guarded fields side by side: each column says whence it is. */
const told = defineReport('notebook.told', {
  title: 'What was told of whom',
  purpose: 'What only some may read, side by side.',
  rule: 'notebook.entry.create',
  asks: { whisper: field.text({ from: 'notebook.entry.whisper' }) },
  columns: {
    title: field.text(),
    whisper: field.text({ from: 'notebook.entry.whisper' }),
    birth_on: field.date({ from: 'members.member.birth_on' }),
    ssn_last_four: field.text({ from: 'members.member.ssn_last_four' }),
    notes: field.longText({ from: 'members.member.notes' }),
  },
  sort: ['title'],
  query(ctx, { whisper }) {
    const rows = ctx.db
      .selectFrom('notebook.entry as e')
      .leftJoin('members.member as m', 'm.id', 'e.about')
      .select(['e.title', 'e.whisper', 'm.birth_on', 'm.ssn_last_four', 'm.notes'])
    return whisper === null ? rows : rows.where('e.whisper', '=', whisper)
  },
})

const echo = defineRoute({
  method: 'POST',
  path: '/notebook/echo/{word}',
  summary: 'Says it again',
  rule: 'notebook.entry.create',
  params: { word: field.text({ required: true, max: 10 }) },
  query: { times: field.count({ max: 9 }) },
  body: { loud: field.yesNo() },
  reply: { type: 'object', required: ['said'], properties: { said: { type: 'string' } } },
  run: (_ctx, { params, query, body }) =>
    Promise.resolve({ said: (body.loud ? params.word.toUpperCase() : params.word).repeat(query.times ?? 1) }),
})

declare module '@commonhall/kernel' {
  interface Tables {
    'notebook.entry': TableOf<typeof entry>
  }
}

/** A module that only tests have. */
export const notebook = defineModule({
  name: 'notebook',
  label: 'Notebook',
  purpose: 'Proves what the machine does.',
  icon: 'note',
  needs: ['members'],
  folder: import.meta.dirname,
  resources: [entry],
  rules,
  workflows: [filing],
  events: [noted],
  subscribers: [copyNoted],
  jobs: [tidy, nightly],
  reports: [entriesByMood, told, spending],
  routes: [echo],
})
