import { defineResource, field, type TableOf } from '@commonhall/kernel'
import { member } from './member.ts'

const states = member.fields.state

/** One line of a member's standing history: from when, what, and why. Written by the acts, never by hand. */
export const standing = defineResource('members.standing', {
  label: 'Standing change',
  plural: 'Standing history',
  path: 'standings',
  traits: ['audited'],
  title: '{state} from {from_on}',
  about: {
    member: {
      erase: ['reason'],
      keep: ['from_on', 'state'],
      because: 'Who could vote on a day, and how many they were, must stay countable.',
    },
  },
  fields: {
    member: field.ref('members.member', { required: true }),
    from_on: field.date({ required: true, label: 'From' }),
    state: { ...states, label: 'Standing' },
    reason: field.longText({ max: 1000 }),
  },
  views: { list: ['from_on', 'member', 'state', 'reason'], filters: ['state', 'from_on'], sort: ['-from_on'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'members.standing': TableOf<typeof standing>
  }
}
