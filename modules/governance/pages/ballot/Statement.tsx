import classes from './ballot.module.css'
import type { Candidate } from './contest.ts'
import { t } from './t.ts'

/** What a candidate says, unfolded by whoever wants to read it. */
export function Statement({ candidate: { name, statement } }: { candidate: Candidate }) {
  if (!statement) return null
  return (
    <details className={classes['statement']}>
      <summary aria-label={t('statementOf', { name })}>{t('statement')}</summary>
      <p>{statement}</p>
    </details>
  )
}
