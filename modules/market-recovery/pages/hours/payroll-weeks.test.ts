import { expect, test } from 'vitest'
import { endingsOf } from './payroll-weeks.ts'

test('the weeks go back from there; an older one that was asked for is among them', () => {
  expect(endingsOf('2026-03-04', 6, 3)).toEqual(['2026-02-28', '2026-02-21', '2026-02-14'])
  expect(endingsOf('2026-03-04', 6, 2, '2025-12-27')).toEqual(['2026-02-28', '2026-02-21', '2025-12-27'])
})
