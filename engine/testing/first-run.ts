import { randomUUID } from 'node:crypto'
import type { HouseRun } from '../jobs/index.ts'

/** A job of the house at its first try, run by hand. */
export const firstRun = (): HouseRun => ({ id: randomUUID(), failures: 0, last: false })
