import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const elsewhere = ['**/node_modules/**', 'data/**']

export default defineConfig({
  test: {
    // As many as there are cores: a test waits for PostgreSQL half of its time.
    maxWorkers: availableParallelism(),
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
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/*.e2e.ts'],
          globalSetup: ['engine/testing/global.ts', 'test/journeys/web.ts'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
          // One browser and one server at a time is what two cores carry.
          fileParallelism: false,
          // One process for all of them: the house is read into memory once.
          isolate: false,
        },
      },
    ],
  },
})
