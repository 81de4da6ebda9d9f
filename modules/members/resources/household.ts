import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** People who live together and get one letter. */
export const household = defineResource('members.household', {
  label: 'Household',
  plural: 'Households',
  traits: ['audited', 'archivable'],
  title: '{name}',
  naturalKey: 'name',
  about: {
    'members.member.household': {
      replace: { name: 'Erased household {code}' },
      erase: ['address', 'phone', 'notes'],
    },
  },
  fields: {
    name: field.text({
      required: true,
      max: 120,
      unique: true,
      help: 'How the letter is addressed, such as Ortiz family.',
    }),
    address: field.text({ max: 400 }),
    phone: field.text({ format: 'phone', max: 40 }),
    notes: field.longText(),
  },
  views: { list: ['name', 'address', 'phone'], search: ['name', 'address'], sort: ['name'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'members.household': TableOf<typeof household>
  }
}
