import { say } from '@commonhall/kernel'
import type { page } from '../words/pages.ts'

/** A sentence of these pages by its key; one that is misspelt does not compile. */
export const t = (key: keyof typeof page, params?: Record<string, unknown>): string => say(`ledger:page.${key}`, params)
