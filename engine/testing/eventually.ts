import { vi } from 'vitest'

/**
 * Waits until the check holds, and answers what it answers; fails as the check did last. Generous, for machines that
 * are slow and do much else: a test that waits for the very thing it asserts is no slower for it.
 */
export const eventually = <Found>(check: () => Found | Promise<Found>): Promise<Found> =>
  vi.waitFor(check, { timeout: 60_000, interval: 50 })
