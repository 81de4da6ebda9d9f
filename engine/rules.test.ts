import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Actor,
  addWords,
  allow,
  anyParty,
  every,
  is,
  may,
  no as not,
  own,
  type Rule,
  same,
} from '@commonhall/kernel'
import { judge, looksAtRecord, permissionsOf, rowFilter, permit } from './rules.ts'
import { words } from './words/en.ts'

addWords('engine', words)

const permission = 'diary.page.read'
const no = 'Your role does not include this. Ask an administrator of your organization if you need it.'

function actorOf(rule: Rule, role: string, memberId: string | null = null): Actor {
  const permissions = permissionsOf(new Map([[permission, rule]]), [{ name: role, changes: {} }])
  if (role === 'officer') permissions.add('diary.page.update')
  return {
    kind: 'user',
    userId: 'u1',
    name: 'Ann',
    email: null,
    memberId,
    parties: {},
    roles: [role],
    permissions,
    provedAt: 0,
  }
}

/** Drafts are read by whoever wrote them, and by whoever may change pages. */
const unfinished = allow('staff').unless(
  every(is('state', 'draft'), not(same('writer', 'member')), not(may('diary.page.update'))),
  'Not yet.',
)

describe('a rule', () => {
  test.each<[string, Rule, string, string | null, object | undefined, true | string]>([
    ['lets in those with the role', allow('staff'), 'staff', null, undefined, true],
    ['and no others', allow('staff'), 'member', null, undefined, no],
    ['lets an owner in to their own', own('writer'), 'member', 'm1', { writer: 'm1' }, true],
    ["and not to another's", own('writer'), 'member', 'm1', { writer: 'm2' }, no],
    ['asks an owner for a record later', own('writer'), 'member', 'm1', undefined, true],
    ['lets nobody in who is on no roll', own('writer'), 'member', null, { writer: null }, no],
    [
      'of several fields takes any',
      own('writer').or(own('reader')),
      'member',
      'm1',
      { writer: 'm2', reader: 'm1' },
      true,
    ],
    ['is wider with or', allow('staff').or(own('writer')), 'staff', null, { writer: 'm9' }, true],
    [
      'takes back with unless',
      allow('officer').unless(same('by', 'actor'), 'Not your own.'),
      'officer',
      null,
      { by: 'u1' },
      'Not your own.',
    ],
    [
      'only when it holds',
      allow('officer').unless(same('by', 'actor'), 'Not your own.'),
      'officer',
      null,
      { by: 'u2' },
      true,
    ],
    [
      "nothing is nobody's own",
      allow('officer').unless(same('by', 'actor'), 'Not your own.'),
      'officer',
      null,
      { by: null },
      true,
    ],
    [
      'takes back by value',
      allow('officer').unless(is('state', 'closed', 'void'), 'It is closed.'),
      'officer',
      null,
      { state: 'void' },
      'It is closed.',
    ],
    [
      'from owners too',
      own('writer').unless(is('state', 'closed'), 'It is closed.'),
      'member',
      'm1',
      { writer: 'm1', state: 'closed' },
      'It is closed.',
    ],
    ['takes back where several hold', unfinished, 'staff', 'm2', { writer: 'm1', state: 'draft' }, 'Not yet.'],
    ['and not where one does not', unfinished, 'staff', 'm1', { writer: 'm1', state: 'draft' }, true],
    ['nor of another state', unfinished, 'staff', 'm2', { writer: 'm1', state: 'open' }, true],
    ['nor from who has what it asks for', unfinished.or(allow('officer')), 'officer', null, { state: 'draft' }, true],
  ])('%s', (_what, rule, role, memberId, record, verdict) => {
    expect(judge(rule, permission, actorOf(rule, role, memberId), record as never)).toBe(verdict)
  })

  test('lets the house itself do anything', () => {
    const house: Actor = {
      kind: 'system',
      userId: null,
      name: 'Commonhall',
      email: null,
      memberId: null,
      parties: {},
      roles: [],
      permissions: new Set(),
      provedAt: 0,
    }
    expect(judge(allow(), permission, house)).toBe(true)
    expect(rowFilter(allow(), permission, house, String)).toBeNull()
  })

  test('is what the org has made of it: given to a role, or taken', () => {
    const rules = new Map([
      ['a.b.c', allow('staff')],
      ['a.b.d', allow('officer')],
    ])
    expect([
      ...permissionsOf(rules, [{ name: 'staff', changes: { 'a.b.c': false, 'a.b.d': true, 'x.y.z': true } }]),
    ]).toEqual(['a.b.d'])
    expect([...permissionsOf(rules, [{ name: 'steward', changes: { 'a.b.c': true } }])]).toEqual(['a.b.c'])
    expect([
      ...permissionsOf(rules, [
        { name: 'staff', changes: { 'a.b.c': false } },
        { name: 'officer', changes: { 'a.b.c': true } },
      ]),
    ]).toEqual(['a.b.c', 'a.b.d'])
    expect([...permissionsOf(rules, [])]).toEqual([])
  })
})

/** Runs the filter that `rowFilter` writes, for the few shapes that it writes. */
function passes(filter: string | null, values: readonly unknown[], record: Record<string, unknown>): boolean {
  if (filter === null) return true
  if (filter === 'false') return false
  const value = (placeholder: string) => values[Number(placeholder.slice(1)) - 1]
  return filter.split(' and ').every((part) => {
    const negated = part.endsWith(' is not true')
    const holds = part
      .replace(' is not true', '')
      .replace(/^\(+|\)+$/g, '')
      .split(' or ')
      .some((one) => {
        const [, column = '', list = ''] = /t\."(\w+)" (?:=|in) \(?([^)]*)/.exec(one) ?? []
        return record[column] !== null && list.split(', ').some((placeholder) => value(placeholder) === record[column])
      })
    return holds !== negated
  })
}

test('several conditions are one filter', () => {
  const values: unknown[] = []
  const filterFor = (role: string) =>
    rowFilter(
      unfinished.or(allow('officer')),
      permission,
      actorOf(unfinished, role, 'm1'),
      (value) => `$${values.push(value)}`,
    )
  expect(filterFor('staff')).toBe(
    '((t."state" in ($1)) and ((t."writer" = $2) is not true) and ((false) is not true)) is not true',
  )
  expect(values).toEqual(['draft', 'm1'])
})

test('the filter of a list shows exactly the rows that the check lets through', () => {
  const rules = fc.constantFrom(
    allow('staff'),
    allow('officer'),
    own('writer'),
    own('writer').or(own('reader')),
    allow('staff').or(own('writer')),
    allow('staff').unless(is('state', 'closed', 'void'), 'no'),
    own('writer').unless(same('by', 'actor'), 'no'),
    allow('staff').unless(same('by', 'actor'), 'no').unless(is('state', 'void'), 'no'),
  )
  const some = fc.constantFrom('m1', 'm2', null)
  const record = fc.record({
    writer: some,
    reader: some,
    by: fc.constantFrom('u1', 'u2', null),
    state: fc.constantFrom('open', 'closed', 'void', null),
  })
  fc.assert(
    fc.property(rules, fc.constantFrom('staff', 'officer', 'member'), some, record, (rule, role, memberId, row) => {
      const actor = actorOf(rule, role, memberId)
      const values: unknown[] = []
      const filter = rowFilter(rule, permission, actor, (value) => `$${values.push(value)}`)
      const verdict = judge(rule, permission, actor, row)
      expect(passes(filter, values, row)).toBe(verdict === true)
      if (!looksAtRecord(rule, permission, actor)) expect(verdict).toBe(judge(rule, permission, actor))
    }),
    { numRuns: 1000 },
  )
})

describe('a rule that asks for a fresh proof', () => {
  const rule = allow('staff').freshly()
  const rules = new Map([[permission, rule]])
  const proved = (minutesAgo: number): Actor => ({
    ...actorOf(rule, 'staff'),
    provedAt: Date.now() - minutesAgo * 60_000,
  })

  test('lets people in who have just shown a factor', () => {
    expect(() => permit(rules, permission, proved(9))).not.toThrow()
  })

  test('asks the others to prove themselves again, and says so apart from a refusal', () => {
    expect(() => permit(rules, permission, proved(11))).toThrow(
      expect.objectContaining({ code: 'proof_needed', status: 403 }),
    )
    expect(() => permit(rules, permission, { ...proved(11), permissions: new Set() })).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
  })

  test('keeps asking when it is joined with another or narrowed', () => {
    expect([rule.or(own('id')).fresh, own('id').or(rule).fresh, rule.unless(is('state', 'shut'), no).fresh]).toEqual([
      true,
      true,
      true,
    ])
  })
})

describe('whoever stands for a shop', () => {
  const rule = allow('staff').or(own('shop', 'diary.shop')).or(own('writer'))
  const ann = { ...actorOf(rule, 'member'), parties: { 'diary.shop': 's1' } }

  test.each([
    ['what names that shop', { shop: 's1', writer: null }, true],
    ['what names another', { shop: 's2', writer: null }, no],
    ['what has the id as something else', { shop: null, writer: 's1' }, no],
  ])('is judged by %s', (_what, record, verdict) => expect(judge(rule, permission, ann, record)).toBe(verdict))

  test('sees in lists what names it, and asks for nothing as a member that they are not', () => {
    const values: unknown[] = []
    const filter = rowFilter(rule, permission, ann, (value) => `$${values.push(value)}`)
    expect([filter, values]).toEqual(['(t."shop" = $1)', ['s1']])
  })

  test('may what is for all who stand for anything, and nobody else', () => {
    const open = allow('staff').or(anyParty())
    expect(judge(open, permission, ann)).toBe(true)
    expect(rowFilter(open, permission, ann, String)).toBeNull()
    expect(judge(open, permission, { ...ann, parties: {} })).toBe(no)
  })
})
