import { field } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import { filterSummary } from './filter-summary.ts'
import { askedOf, filteredFields, isNarrowed, queryOf } from './search.ts'

const search = {
  q: 'smi',
  sort: '-joined_on',
  'filter[state]': 'active,retired',
  'filter[joined_on][gte]': '2020-01-01',
  id: 'x',
}

test('the address asks the API in its own words', () => {
  expect(queryOf(search)).toEqual({
    q: 'smi',
    sort: '-joined_on',
    'filter[state]': ['active', 'retired'],
    'filter[joined_on][gte]': '2020-01-01',
  })
})

test('a filter is found again in the address', () => {
  expect(filteredFields(search)).toEqual(['state', 'joined_on'])
  expect(askedOf(search, 'joined_on')).toEqual({ gte: '2020-01-01' })
  expect(isNarrowed({ sort: 'name' })).toBe(false)
})

test('a chip says what its filter asks', () => {
  expect(filterSummary(field.choice(['active', 'retired']), { eq: 'active,retired' }, 'members')).toBe(
    'Active, Retired',
  )
  expect(filterSummary(field.date(), { gte: '2020-01-01' }, 'members')).toBe('from Jan 1, 2020')
  expect(filterSummary(field.money(), { gte: '10', lte: '20.5' }, 'members')).toBe('$10.00 – $20.50')
  expect(filterSummary(field.text(), { empty: 'true' }, 'members')).toBe('empty')
})
