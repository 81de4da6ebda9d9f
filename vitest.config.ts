import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const elsewhere = ['**/node_modules/**', 'data/**']

export default defineConfig({
  test: {
    // As many as there are cores: a test waits for PostgreSQL half of its time.
    maxWorkers: availableParallelism(),
    // Machines that test are slow and loaded: whoever waits for something waits long before it counts as missing.
    expect: { poll: { timeout: 60_000, interval: 50 } },
    testTimeout: 180_000,
    // Days and hours in tests are those of one place, wherever they run.
    env: { TZ: 'UTC' },
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: { name: 'walls', include: ['test/*.test.ts'], exclude: elsewhere },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...elsewhere, 'test/**'],
          globalSetup: ['engine/testing/global.ts'],
          // The house is read into memory once a worker, not once a file; each file has a database of its own.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/*.e2e.ts'],
          globalSetup: ['engine/testing/global.ts', 'test/journeys/web.ts'],
          testTimeout: 240_000,
          // A journey waits half of its time, as people do: two side by side, each with its own browser and house.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // One process for many of them: the house is read into memory once.
          isolate: false,
        },
      },
    ],
  },
})
