import { expect, inject, test } from 'vitest'
import { testSettings } from '../testing/settings.ts'
import { ensureServer, withClient } from './provision.ts'

test('processes that start at the same moment do not trip over the same roles', async () => {
  const stop = () => Promise.resolve()
  const start = () => ensureServer(testSettings, inject('postgres'), stop)
  const grounds = await Promise.all(Array.from({ length: 16 }, start))
  expect(new Set(grounds.map(({ appUrl }) => appUrl)).size).toBe(1)
  const { rows } = await withClient(grounds[0]?.appUrl ?? '', (client) => client.query('select current_user as name'))
  expect(rows).toEqual([{ name: 'commonhall_app' }])
})
