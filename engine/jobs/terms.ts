import type { QueueOptions } from 'pg-boss'
import type { WorkTerms } from '@commonhall/kernel'

/** What is done one after the other, in the order in which it was queued, for each key. */
export const inOrder = 'key_strict_fifo'

/** A queue as the library is to have it. */
export interface QueueWanted {
  readonly name: string
  readonly policy: 'standard' | typeof inOrder
  readonly options: QueueOptions & { readonly notify: boolean }
}

export const usualTerms = { retries: 5, longestPause: 3600, timeLimit: 900 } as const

const day = 86_400

/** How long a dead letter is kept, in days: time enough to look after a holiday, not for ever, for it names people. */
export const deadLetterDays = 30

/** The terms of a job as its queue keeps them. The first pause is two to four seconds, each twice the one before. */
export const queueOf = (name: string, terms: WorkTerms, ordered = false): QueueWanted => {
  const { retries, longestPause, timeLimit } = { ...usualTerms, ...terms }
  return {
    name,
    policy: ordered ? inOrder : 'standard',
    options: {
      retryLimit: retries,
      retryBackoff: true,
      retryDelay: 2,
      retryDelayMax: longestPause,
      // The worker ends what takes too long by itself; this is for one that is stuck.
      expireInSeconds: timeLimit + 60,
      retentionSeconds: 365 * day,
      deleteAfterSeconds: day,
      notify: false,
    },
  }
}
