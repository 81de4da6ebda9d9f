import { expect, test } from 'vitest'
import { lastDayOf, missing, blank } from './asked.ts'
import { dayIn, standing } from './lasting.ts'
import { actsOf, choosable, givenBy, heldBy, namesOf, readingOf, spokenScopes, wholeOf } from './scopes.ts'
import './words.ts'

const one = (permission: string, label: string, more: object = {}) => ({
  permission,
  label,
  allowed: 'yes' as const,
  people_only: false,
  defaults: ['admin'],
  ...more,
})

const modules = [
  {
    name: 'members',
    label: 'Members',
    things: [
      {
        name: 'members.member',
        label: 'Members',
        permissions: [
          one('members.member.read', 'See', { defaults: ['admin', 'staff'] }),
          one('members.member.notes.read', 'See “Notes”'),
          one('members.member.erase', 'Erase', { allowed: 'no' as const }),
        ],
      },
    ],
  },
  {
    name: 'foundation',
    label: 'Organization',
    things: [
      {
        name: 'foundation.grant',
        label: 'Roles that people hold',
        permissions: [
          one('foundation.grant.read', 'See'),
          one('foundation.grant.create', 'Give', { people_only: true }),
        ],
      },
    ],
  },
]

test('a key is offered what its maker and its owner hold, and nothing that is for people', () => {
  const everything = heldBy(modules)
  expect(namesOf(choosable(modules, everything))).toEqual([
    'members.member.read',
    'members.member.notes.read',
    'foundation.grant.read',
  ])
  expect(choosable(modules, new Set(['members.member.erase']))).toEqual([])
})

test('what an account will hold comes from its roles, as the organization has changed them', () => {
  const role = (name: string, changes = {}) => ({
    id: name,
    name,
    label: name,
    version: 1,
    built_in: true,
    people: 0,
    requires_second_factor: false,
    changes,
    can: { update: true as const, delete: true as const },
  })
  expect([...givenBy(modules, [role('staff')])]).toEqual(['members.member.read'])
  expect([...givenBy(modules, [role('staff', { 'members.member.read': false })])]).toEqual([])
  expect([...givenBy(modules, [])]).toEqual([])
})

test('reading only leaves out sensitive fields and the administration', () => {
  expect(readingOf(modules)).toEqual(['members.member.read'])
})

test('scopes are told by thing, and one whose module is off by its name', () => {
  const { things, unknown } = spokenScopes(modules, ['members.member.notes.read', 'members.member.read', 'x.y.read'])
  expect(things.map((thing) => [thing.label, actsOf(thing)])).toEqual([['Members', ['see', 'see “Notes”']]])
  expect(unknown).toEqual(['x.y.read'])
  expect(wholeOf(modules, 'foundation.grant')).toBe(1)
})

test('days are counted over the ends of months', () => {
  expect(dayIn(30, new Date(2026, 10, 21, 23, 59))).toBe('2026-12-21')
  expect(dayIn(0, new Date(2026, 0, 1))).toBe('2026-01-01')
  expect(lastDayOf({ span: 'dayNever', day: '' })).toBeNull()
  expect(lastDayOf({ span: 'dayOther', day: '' })).toBe('')
})

test('what is missing is told for each kind of owner', () => {
  const paths = (change: Partial<typeof blank>) => missing({ ...blank, ...change }, []).map(({ path }) => path)
  expect(paths({})).toEqual(['name', 'accountName', 'roles', 'scopes'])
  expect(paths({ who: 'me', name: 'x', span: 'dayOther', perMinute: '60001' })).toEqual([
    'scopes',
    'expires_on',
    'per_minute',
  ])
})

test('a key that ends soon says so early, and one that is over does not promise a day', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const key = (state: 'active' | 'revoked' | 'expired', expires_at: string | null) =>
    standing({ state, expires_at } as Parameters<typeof standing>[0], now)
  expect(key('active', null)).toEqual({ tone: 'good', word: 'Active', till: 'no end' })
  expect(key('active', '2026-11-26T12:00:00Z')).toEqual({ tone: 'warn', word: 'Active', till: '4 days left' })
  expect(key('active', '2026-11-22T05:00:00Z')).toMatchObject({ tone: 'warn', till: 'Last day today' })
  expect(key('active', '2027-02-20T12:00:00Z')).toMatchObject({ tone: 'good', till: 'until Feb 20, 2027' })
  expect(key('revoked', '2027-02-20T12:00:00Z')).toEqual({ tone: 'idle', word: 'Revoked', till: '' })
})
