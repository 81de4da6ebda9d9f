import { expect, test } from 'vitest'
import type { Context } from '@commonhall/kernel'
import { tellMember } from './tell-member.ts'

test.each([
  ['suspended', 1],
  ['retired', 1],
  ['deceased', 0],
])('a member who is %s now gets so many letters: %i', async (state, letters) => {
  const told: unknown[] = []
  const ctx = { notify: async (...news: unknown[]) => void told.push(news) } as unknown as Context
  await tellMember.run(ctx, { member: 'somebody', state, reason: null })
  expect(told).toHaveLength(letters)
})
