import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** `unit` is everything beside the code; `journeys` drives a real browser. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: ['**/node_modules/**', 'data/**', 'test/journeys/**'],
          globalSetup: existsSync('engine/testing/global.ts') ? ['engine/testing/global.ts'] : [],
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/*.e2e.ts'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
          // One browser and one server at a time is what two cores carry.
          fileParallelism: false,
        },
      },
    ],
  },
})
