import {
  allow,
  defineModule,
  defineNotice,
  defineResource,
  defineRules,
  defineWorkflow,
  defineWriting,
  field,
  own,
  type TableOf,
} from '@commonhall/kernel'

/** A party: people stand for it. */
export const shop = defineResource('workshop.shop', {
  label: 'Shop',
  plural: 'Shops',
  title: '{name}',
  traits: ['audited', 'archivable'],
  party: true,
  fields: { name: field.text({ required: true, max: 80 }) },
  views: { list: ['name'], search: ['name'], sort: ['name'] },
})

/** What is a party's by a field of its own; it names somebody of whom the party may know no more. */
export const job = defineResource('workshop.job', {
  label: 'Job',
  plural: 'Jobs',
  path: 'shop-jobs',
  title: '{title}',
  traits: ['audited'],
  about: { worker: { keep: ['title', 'shop'], because: 'Shops look their work up.' } },
  fields: {
    title: field.text({ required: true, max: 80 }),
    shop: field.ref('workshop.shop', { required: true }),
    worker: field.ref('members.member', { required: true, named: true }),
  },
  views: { list: ['title', 'shop', 'worker'], search: ['title'], sort: ['title'] },
})

/** What a party hands in: whose it is follows from the job. */
export const slip = defineResource('workshop.slip', {
  label: 'Slip',
  plural: 'Slips',
  title: '{note}',
  traits: ['audited', 'attachable'],
  files: { most: 3 },
  fields: {
    note: field.text({ required: true, max: 80 }),
    job: field.ref('workshop.job', { required: true, named: true }),
    shop: field.ref('workshop.shop', { computed: true }),
    margin: field.text({ max: 80 }),
    state: field.choice(['draft', 'sent', 'settled'], { required: true, default: 'draft' }),
  },
  views: { list: ['note', 'job', 'state'], search: ['note'], sort: ['note'] },
})

const office = allow('admin', 'staff')
const party = own('shop', 'workshop.shop')

const rules = defineRules({
  'workshop.shop.read': office.or(own('id', 'workshop.shop')),
  'workshop.shop.create': office,
  'workshop.shop.update': office,
  'workshop.shop.archive': office,
  'workshop.job.read': office.or(party),
  'workshop.job.create': office,
  'workshop.job.update': office,
  'workshop.job.delete': office,
  'workshop.slip.read': office.or(party),
  'workshop.slip.margin.read': office,
  'workshop.slip.create': office.or(party),
  'workshop.slip.update': office.or(party),
  'workshop.slip.delete': office.or(party),
  'workshop.slip.send': party,
  'workshop.slip.settle': office,
})

const sending = defineWorkflow(slip, {
  send: { from: ['draft'], to: 'sent', rule: 'workshop.slip.send' },
  settle: { from: ['sent'], to: 'settled', rule: 'workshop.slip.settle' },
})

const ofJob = defineWriting(slip, async (ctx, changes) => {
  const ids = changes.map(({ next }) => next.job)
  const jobs = await ctx.db.selectFrom('workshop.job').select(['id', 'shop']).where('id', 'in', ids).execute()
  return changes.map(({ next }) => ({ sets: { shop: jobs.find(({ id }) => id === next.job)?.shop ?? null } }))
})

export const settled = defineNotice('workshop.slip-settled', {
  label: 'Slips that are settled',
  fields: {},
  mail: 'off',
  message: () => ({ title: 'A slip is settled', paragraphs: [] }),
  sample: {},
})

declare module '@commonhall/kernel' {
  interface Tables {
    'workshop.shop': TableOf<typeof shop>
    'workshop.job': TableOf<typeof job>
    'workshop.slip': TableOf<typeof slip>
  }
}

/** A module that only tests have: people stand for its shops, and see and hand in what is theirs. */
export const workshop = defineModule({
  name: 'workshop',
  label: 'Workshop',
  purpose: 'Proves what people see who stand for somebody.',
  icon: 'note',
  needs: ['members'],
  folder: import.meta.dirname,
  resources: [shop, job, slip],
  rules,
  workflows: [sending],
  writings: [ofJob],
  notices: [settled],
})
