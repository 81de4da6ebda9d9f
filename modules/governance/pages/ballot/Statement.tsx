import classes from './marks.module.css'
import type { Candidate } from './contest.ts'
import { t } from './t.ts'

/** What a candidate says, unfolded by whoever wants to read it; and that they withdrew, where they did. */
export function Statement({ candidate: { name, statement, withdrawn } }: { candidate: Candidate }) {
  if (withdrawn) return <p className={classes['statement']}>{t('withdrawn')}</p>
  if (!statement) return null
  return (
    <details className={classes['statement']}>
      <summary aria-label={t('statementOf', { name })}>{t('statement')}</summary>
      <p>{statement}</p>
    </details>
  )
}
