import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  type Actor,
  addWords,
  allow,
  defineModule,
  defineReport,
  defineResource,
  defineRules,
  field,
  is,
  own,
  type Rule,
  type Rules,
} from '@commonhall/kernel'
import { Registry } from '../registry.ts'
import { judge, permissionsOf } from '../rules.ts'
import { words } from '../words/en.ts'
import { closedToFiles, fieldRules, maskChanges, permitAsking, permitSetting, readsWhole } from './field-rules.ts'

addWords('engine', words)

const page = defineResource('diary.page', {
  label: 'Page',
  plural: 'Pages',
  title: '{name}',
  fields: { name: field.text(), secret: field.text(), writer: field.ref(), state: field.text() },
  views: { list: ['name'] },
})

const registryWith = (rules: Rules, more: Partial<Parameters<typeof defineModule>[0]> = {}) =>
  new Registry([
    defineModule({
      name: 'diary',
      label: 'Diary',
      purpose: '',
      icon: 'note',
      folder: '',
      resources: [page],
      rules: defineRules({ 'diary.page.read': allow('staff', 'officer').or(own('writer')), ...rules }),
      ...more,
    }),
  ])

function actorOf(registry: Registry, roles: readonly string[], memberId: string | null): Actor {
  const permissions = permissionsOf(
    registry.rules,
    roles.map((name) => ({ name, changes: {} })),
  )
  return { kind: 'user', userId: 'u', name: 'Ann', email: null, memberId, parties: {}, roles, permissions, provedAt: 0 }
}

const anyRule: fc.Arbitrary<Rule> = fc
  .tuple(fc.subarray(['staff', 'officer', 'member'] as const), fc.boolean(), fc.boolean())
  .map(([roles, owners, vetoed]) => {
    const rule = owners ? allow(...roles).or(own('writer')) : allow(...roles)
    return vetoed ? rule.unless(is('state', 'sealed'), 'It is sealed.') : rule
  })
const anyRow = fc.record({
  id: fc.constant('r'),
  name: fc.constant('n'),
  secret: fc.constant('told'),
  writer: fc.constantFrom('m1', 'm2', null),
  state: fc.constantFrom('open', 'sealed'),
})
const anyone = fc.record({
  roles: fc.subarray(['staff', 'officer', 'member']),
  member: fc.constantFrom('m1', null),
})

describe('what an actor may read of a row', () => {
  test('is what the rule says of that row, whatever the rule, the row and the person', () => {
    fc.assert(
      fc.property(anyRule, anyRow, anyone, (rule, row, { roles, member }) => {
        const registry = registryWith({ 'diary.page.secret.read': rule })
        const actor = actorOf(registry, roles, member)
        const rules = fieldRules(registry, page, actor)
        const read = registry.rules.get('diary.page.read') as Rule
        // Only rows that the actor may see at all ever come to be shown.
        fc.pre(judge(read, 'diary.page.read', actor, row) === true)
        const shown = { ...row }
        if (rules.hidden.has('secret')) Reflect.deleteProperty(shown, 'secret')
        rules.blind?.(shown)
        expect('secret' in shown).toBe(judge(rule, 'diary.page.secret.read', actor, row) === true)
        // What may be asked of lists is shown in every row that they have.
        if (rules.reads('secret') === true) expect('secret' in shown).toBe(true)
        if (rules.hidden.has('secret')) expect(() => permitAsking(rules, page, 'secret', 'sort')).toThrow('sorted')
        if (readsWhole(registry, page, actor)) expect(rules.blind).toBeNull()
      }),
    )
  })

  test('is all of it for the house itself', () => {
    const registry = registryWith({ 'diary.page.secret.read': allow('staff') })
    const house = { ...actorOf(registry, [], null), kind: 'system' } as Actor
    expect(fieldRules(registry, page, house)).toMatchObject({ blind: null, hidden: new Set() })
    expect(maskChanges(registry, house, page.name, 'r', { secret: [1, 2] })).toEqual({ secret: [1, 2] })
  })

  test('is nothing to sort by where it shows in some rows only, and is where all rows are their own', () => {
    const registry = registryWith({ 'diary.page.secret.read': allow('staff').or(own('writer')) })
    const rulesOf = (role: string) => fieldRules(registry, page, actorOf(registry, [role], 'm1')).reads('secret')
    expect(['staff', 'officer', 'member'].map(rulesOf)).toEqual([true, 'own', true])
  })

  test('is told of changes by the record, which the trail knows by its id alone', () => {
    const registry = registryWith({ 'diary.page.secret.read': allow('staff').or(own('writer')) })
    const changes = { name: ['a', 'b'], secret: ['c', 'd'] }
    const told = (role: string) => maskChanges(registry, actorOf(registry, [role], 'm1'), page.name, 'r', changes)
    expect(told('staff')).toEqual(changes)
    expect(told('officer')).toEqual({ name: ['a', 'b'] })
  })

  test('is not told of changes where a rule excepts records by what the trail does not know of them', () => {
    const sealed = allow('staff').unless(is('state', 'sealed'), 'It is sealed.')
    const registry = registryWith({ 'diary.page.secret.read': sealed, 'diary.page.read-files': sealed })
    const changes = { name: ['a', 'b'], secret: ['c', 'd'], attached_file: [null, { name: 'sealed.pdf' }] }
    const told = maskChanges(registry, actorOf(registry, ['staff'], 'm1'), page.name, 'r', changes)
    expect(told).toEqual({ name: ['a', 'b'] })
  })
})

describe('what an actor may set', () => {
  const registry = registryWith({
    'diary.page.secret.read': allow('staff', 'officer'),
    'diary.page.secret.write': allow('staff').or(own('writer')),
    'diary.page.state.read': allow('staff'),
  })
  const set =
    (role: string, input: object, record = {}) =>
    () =>
      permitSetting(registry, page, actorOf(registry, [role], 'm1'), input, record)

  test('is what the rule for setting says, and else that for reading', () => {
    expect(set('staff', { secret: 1, state: 2 })).not.toThrow()
    expect(set('officer', { name: 'x' })).not.toThrow()
    expect(set('officer', { secret: 1 })).toThrow('Your role does not include setting Secret.')
    expect(set('officer', { state: 1 })).toThrow('Your role does not include setting State.')
    expect(set('member', { secret: 1 }, { writer: 'm1' })).not.toThrow()
    expect(set('member', { secret: 1 }, { writer: 'm2' })).toThrow('setting Secret')
  })

  test('names every field that it was not', () => {
    let found: unknown
    try {
      set('member', { secret: 1, state: 1 })()
    } catch (error) {
      found = error
    }
    expect(found).toMatchObject({ status: 403, errors: [{ path: 'secret' }, { path: 'state' }] })
  })

  test('a file fills only what is the same for every record', () => {
    const closed = (role: string) => [...closedToFiles(registry, page, actorOf(registry, [role], 'm1')).keys()]
    expect(['staff', 'officer', 'member'].map(closed)).toEqual([[], ['secret', 'state'], ['secret', 'state']])
  })
})

describe('a declaration by which a guarded field would get about', () => {
  const guard = { 'diary.page.secret.read': allow('staff') }
  const withPage = (options: object) => ({
    resources: [{ ...page, ...options }],
  })
  const report = (columns: Record<string, ReturnType<typeof field.text>>) => ({
    reports: [
      defineReport('diary.all', {
        title: '',
        purpose: '',
        rule: 'diary.page.read',
        asks: {},
        columns,
        sort: [],
        query: () => sql<{ secret: string; said: string }>`select 'x' as secret`,
      }),
    ],
  })
  test.each<[string, Rules, object, string]>([
    ['a rule for a field that is not there', { 'diary.page.lost.read': allow('staff') }, {}, 'of a declared field'],
    ['a rule for another act', { 'diary.page.secret.see': allow('staff') }, {}, 'of a declared field'],
    ['a rule with a name too long', { 'diary.page.secret.read.it': allow('staff') }, {}, 'of a declared field'],
    ['a rule that asks for proof', { 'diary.page.secret.read': allow('staff').freshly() }, {}, 'prove'],
    ['the title', guard, withPage({ title: '{secret}' }), 'the title'],
    ['the search', guard, withPage({ views: { ...page.views, search: ['secret'] } }), 'the search'],
    ['the order', guard, withPage({ views: { ...page.views, sort: ['-secret'] } }), 'the usual order'],
    ['a unique key', guard, withPage({ fields: { ...page.fields, secret: field.text({ unique: true }) } }), 'the same'],
    ['a key of several', guard, withPage({ uniqueTogether: [['name', 'secret']] }), 'the same'],
    ['a period', guard, withPage({ temporalKey: { per: ['name'], from: 'secret', until: 'state' } }), 'periods'],
    [
      'a button',
      { ...guard, 'diary.page.update': allow('staff').unless(is('secret', 1), '') },
      {},
      'diary.page.update',
    ],
    ['a report that hides whence', guard, report({ secret: field.text() }), 'say whence by "from"'],
    ['a report from nowhere', guard, report({ said: field.text({ from: 'diary.page.lost' }) }), 'nobody declares'],
  ])('is refused at boot: %s', (_what, rules, more, sentence) => {
    expect(() => registryWith(rules, more)).toThrow(sentence)
  })

  test('a field that is guarded against setting alone may stand in the title', () => {
    expect(() => registryWith({ 'diary.page.name.write': allow('staff') })).not.toThrow()
  })
})
