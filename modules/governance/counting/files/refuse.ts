import { refuse, say } from '@commonhall/kernel'

/** Refuses a file with the sentence of that key. */
export type Refuse = (key: string, shown: Readonly<Record<string, unknown>>) => never

export const refuseFile =
  (format: 'csv' | 'blt', file: string): Refuse =>
  (key, shown) =>
    refuse('invalid_file', say(`governance:counting.refused.${format}.${key}`, { file, ...shown }))
