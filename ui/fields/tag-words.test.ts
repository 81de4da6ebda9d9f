import { expect, test } from 'vitest'
import { field } from '@commonhall/kernel'
import { formatValue } from './format.ts'
import { formatMedia } from './media.ts'
import { together, wordsIn } from './tag-words.ts'

test('a pasted list becomes words, and blanks become none', () => {
  expect(wordsIn(' roof, 2026 ,,\tunit 4\r\nleak ')).toEqual(['roof', '2026', 'unit 4', 'leak'])
})

test('a word that is there already stays as it was written first', () => {
  expect(together(['Roof'], ['leak', 'ROOF', 'Leak'])).toEqual(['Roof', 'leak'])
})

test('tags, sizes and formats read as people say them', () => {
  expect(formatValue(field.tags(), ['roof', 'unit 4'])).toBe('roof, unit 4')
  expect(formatValue(field.count({ format: 'bytes' }), 1_240_000)).toBe('1.2 MB')
  expect(formatValue(field.count({ format: 'bytes' }), 0)).toBe('0 bytes')
  expect(['image/jpeg', 'application/pdf', 'text/csv', 'text/plain', 'x/y'].map(formatMedia)).toEqual([
    'JPEG image',
    'PDF',
    'CSV sheet',
    'Text',
    'x/y',
  ])
})
