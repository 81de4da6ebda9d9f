import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** Dues that an employer withholds from wages: late forwarding never costs a member the vote (29 CFR 452.37). */
export const checkoff = defineResource('governance.checkoff', {
  label: 'Dues withheld by an employer',
  plural: 'Dues withheld by employers',
  path: 'dues-withheld',
  traits: ['audited'],
  title: '{employer}',
  fields: {
    member: field.ref('members.member', { required: true, named: true }),
    employer: field.text({ required: true, max: 160 }),
    from_on: field.date({ required: true, label: 'From' }),
    until_on: field.date({ label: 'Until' }),
  },
  about: {
    member: {
      keep: ['employer', 'from_on', 'until_on'],
      because: 'It tells who was allowed to vote.',
    },
  },
  views: {
    list: ['member', 'employer', 'from_on', 'until_on'],
    search: ['employer'],
    filters: ['member', 'from_on', 'until_on'],
    sort: ['-from_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.checkoff': TableOf<typeof checkoff>
  }
}
