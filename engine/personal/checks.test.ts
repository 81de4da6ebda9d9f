import { expect, test } from 'vitest'
import {
  allow,
  defineModule,
  defineObjection,
  defineResource,
  defineRules,
  field,
  type About,
} from '@commonhall/kernel'
import { registryOf } from '../boot.ts'

/** Boots a house of people, and of badges that point to them. */
function house(about: About | undefined, objects = 'club.person') {
  const person = defineResource('club.person', {
    label: 'Person',
    plural: 'Persons',
    title: '{name}',
    about: { id: { replace: { name: 'Erased {code}' }, erase: ['team'] } },
    fields: { name: field.text({ required: true }), team: field.ref('club.team') },
    views: { list: ['name'] },
  })
  const team = defineResource('club.team', {
    label: 'Team',
    plural: 'Teams',
    title: '{name}',
    fields: { name: field.text() },
    views: { list: ['name'] },
  })
  const badge = defineResource('club.badge', {
    label: 'Badge',
    plural: 'Badges',
    title: '{number}',
    about: (about ?? {}) as never,
    fields: {
      number: field.text({ required: true, unique: true }),
      wearer: field.ref('club.person'),
      remark: field.text(),
    },
    views: { list: ['number'] },
  })
  const office = allow('admin')
  return registryOf([
    defineModule({
      name: 'club',
      label: 'Club',
      purpose: 'For this test.',
      icon: 'users',
      folder: import.meta.dirname,
      resources: [person, team, badge],
      rules: defineRules({ 'club.person.read': office, 'club.team.read': office, 'club.badge.read': office }),
      objections: [defineObjection(objects as 'club.person', () => Promise.resolve(undefined))],
    }),
  ])
}

const well = { keep: ['number'], erase: ['remark'], because: 'The badge is still there.' }

test('what says of every field what becomes of it starts', () => {
  expect(house({ wearer: well }).resources.get('club.badge')?.about).toEqual({ wearer: well })
})

test.each([
  ['says nothing', undefined, /wearer names a person/],
  ['forgets a field', { wearer: { ...well, erase: [] } }, /"remark" must stand in one of/],
  ['says two things of one', { wearer: { ...well, erase: ['remark', 'number'] } }, /"number" must stand in one of/],
  ['names no field', { wearer: { ...well, erase: ['remark', 'shape'] } }, /no field "shape"/],
  ['empties what is required', { wearer: { erase: ['number', 'remark'] } }, /"number" is required/],
  ['gives all of them the same', { wearer: { erase: ['remark'], replace: { number: 'gone' } } }, /say \{code\} in it/],
  ['keeps something and not why', { wearer: { keep: ['number'], erase: ['remark'] } }, /because of what/],
  ['is about people by what names none', { wearer: well, remark: well }, /by "remark", which names none/],
  ['is about people by what leads elsewhere', { wearer: well, 'club.person.team': well }, /which names none/],
] as const)('what points to people and %s does not start', (_what, about, fault) => {
  expect(() => house(about)).toThrow(fault)
})

test('nobody objects to erasing what is no person', () => {
  expect(() => house({ wearer: well }, 'club.team')).toThrow(/no people's own records/)
})
