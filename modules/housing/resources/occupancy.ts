import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** Who lives in a unit from when until when. One unit has one occupancy on any day: a temporal key sees to it. */
export const occupancy = defineResource('housing.occupancy', {
  label: 'Occupancy',
  plural: 'Occupancies',
  traits: ['audited', 'attachable'],
  title: 'From {from_on} to {until_on}',
  fields: {
    unit: field.ref('housing.unit', { required: true }),
    member: field.ref('members.member', { required: true }),
    from_on: field.date({ required: true, label: 'From', aka: ['Move in', 'Moved in', 'Start'] }),
    until_on: field.date({
      label: 'Until',
      help: 'The last day. Empty while they live there.',
      aka: ['Move out', 'Moved out', 'End'],
    }),
    notes: field.longText(),
  },
  about: {
    member: {
      erase: ['notes'],
      keep: ['unit', 'from_on', 'until_on'],
      because: 'From when until when a unit was lived in is what its charges are reckoned by.',
    },
  },
  temporalKey: { per: ['unit'], from: 'from_on', until: 'until_on' },
  views: {
    list: ['unit', 'member', 'from_on', 'until_on'],
    filters: ['unit', 'member', 'from_on', 'until_on'],
    sort: ['-from_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'housing.occupancy': TableOf<typeof occupancy>
  }
}
