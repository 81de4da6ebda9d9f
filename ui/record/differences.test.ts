import { field } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import type { KnownResource } from '../wire/catalog.ts'
import { differencesOf } from './Differences.tsx'

const fields = {
  name: field.text(),
  rules: field.json({ computed: true, label: 'Rules in force' }),
  links: field.json({ computed: true, schema: { type: 'object' } }),
  options: field.json(),
}

const told = (changes: Record<string, readonly [unknown, unknown]>) =>
  differencesOf({ changes } as Parameters<typeof differencesOf>[0], { fields } as unknown as KnownResource).map(
    ({ label, before, after }) => `${label}: ${before} → ${after}`,
  )

const rules = { quorum: 'members', explained: [{ key: 'quorum', params: { number: 5 } }] }

test('of what the house worked out for programs one reads only that it was set', () => {
  expect(told({ rules: [null, rules] })).toEqual(['Rules in force:  → set'])
  expect(told({ rules: [rules, { ...rules, quorum: 'none' }] })).toEqual(['Rules in force: set → set anew'])
  expect(told({ rules: [rules, null] })).toEqual(['Rules in force: set → '])
  expect(told({ rules: [null, [rules]] })).toEqual(['Rules in force:  → set'])
})

test('what people wrote, and what has a shape of its own, is unfolded', () => {
  expect(told({ options: [{ quota: 'droop' }, { quota: 'hare' }] })).toEqual(['quota: droop → hare'])
  expect(told({ links: [null, { site: 'x' }] })).toEqual(['site:  → x'])
})

test('other fields show what they were and are', () => {
  expect(told({ name: ['Bylaws', 'Bylaws of 2027'] })).toEqual(['Name: Bylaws → Bylaws of 2027'])
})
