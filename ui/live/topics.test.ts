import { expect, test } from 'vitest'
import type { Catalog } from '../wire/catalog.ts'
import { topicsOf } from './topics.ts'

const resource = (path: string, more: object = {}) => ({
  path,
  module: 'members',
  traits: ['audited'],
  permissions: { read: true },
  ...more,
})

const catalog = {
  org: { slug: 'local-100' },
  resources: {
    member: resource('members'),
    household: resource('households'),
    secret: resource('secrets', { permissions: { read: 'Not for you.' } }),
    line: resource('audit', { traits: [], module: 'foundation' }),
    user: resource('users', { module: 'foundation' }),
  },
} as unknown as Catalog

const shown = (...queryKey: unknown[]) => ({ queryKey, isActive: () => true })
const kept = (...queryKey: unknown[]) => ({ queryKey, isActive: () => false })
const ask = (...queries: ReturnType<typeof shown>[]) => topicsOf(queries, catalog)

test('what is on the screen is heard of, and what was left is not', () => {
  const list = shown('org', 'local-100', 'list', 'members', {}, 50)
  const record = kept('org', 'local-100', 'record', 'members', 'm1')
  expect(ask(list, record, shown('session'))).toEqual(['inbox', 'members'])
})

test('a record is heard of by itself', () => {
  expect(ask(shown('org', 'local-100', 'record', 'users', 'u1'))).toEqual(['inbox', 'users/u1'])
})

test('the first page is about all that modules keep', () => {
  expect(ask(shown('org', 'local-100', 'overview'))).toEqual(['households', 'inbox', 'members'])
})

test('nothing is asked that would be refused: other orgs, what one may not read, what has no trail', () => {
  const others = [
    shown('org', 'local-200', 'list', 'members', {}, 50),
    shown('org', 'local-100', 'list', 'secrets', {}, 50),
    shown('org', 'local-100', 'list', 'audit', {}, 50),
    shown('org', 'local-100', 'list', 'nothing', {}, 50),
  ]
  expect(ask(...others)).toEqual(['inbox'])
})

test('there are at most fifty', () => {
  const records = Array.from({ length: 80 }, (_, at) => shown('org', 'local-100', 'record', 'members', `m${at}`))
  expect(ask(...records)).toHaveLength(50)
})
