import { expect, test } from 'vitest'
import { nearestAbove } from './nearest-above.ts'

const addresses = ['/o/a/hours', '/o/a/hours/submit', '/o/a/members']

test.each([
  ['/o/a/hours/submit', '/o/a/hours/submit'],
  ['/o/a/hours', '/o/a/hours'],
  ['/o/a/hours/0198', '/o/a/hours'],
  ['/o/a/members/0198/edit', '/o/a/members'],
  ['/o/a/hoursbook', undefined],
  ['/o/a', undefined],
])('at %s one is in %s', (here, nearest) => expect(nearestAbove(here, addresses)).toBe(nearest))
