import { t } from '../say.ts'
import type { FailedJob } from '../wire/host-jobs.ts'

/** What the network, the database's connection, or a mail server that is busy is known by. */
const outage = /^(E(CONN|HOST|NET|PIPE|TIMEDOUT|AI_)|ENOTFOUND|08|53|57P|unavailable|MailWaits)/

const codes = new Set(['conflict', 'forbidden', 'not_found', 'gone', 'invalid', 'not_signed_in'])

/** What a failure means for whoever has to decide, as far as its kind tells. */
export function meaningOf({ error: { type, code = '', constraint } }: FailedJob): string {
  if (type === 'WorkerLost') return t('hostJobs.means.lost')
  if (code === 'time_limit') return t('hostJobs.means.time')
  if (outage.test(code) || outage.test(type)) return t('hostJobs.means.outage')
  if (constraint || /^2[23]/.test(code)) return t('hostJobs.means.data')
  return codes.has(code) ? t('hostJobs.means.refused') : t('hostJobs.means.fault')
}

/** The kind of a failure in a line: `error 23505 of lines_pkey`. */
export const kindOf = ({ error: { type, code, constraint } }: FailedJob) =>
  [type, code, constraint].filter(Boolean).join(' · ')
