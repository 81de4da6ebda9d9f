import { formatInstant, Icon, type Row } from '@commonhall/ui'
import classes from '../proposals.module.css'
import box from './vote.module.css'
import { t } from '../t.ts'
import type { VotePage } from '../wire.ts'

const icons = { passed: 'check', failed: 'close', 'no-quorum': 'minus' } as const

/** What was decided, and how that was reckoned, in words. */
export function Decision({ row, decision }: { row: Row; decision: NonNullable<VotePage['decision']> }) {
  const { outcome, sentences } = decision
  return (
    <section className={box['decision']} data-outcome={outcome} aria-labelledby="decision">
      <h2 id="decision">
        <span className={box['outcomeMark']}>
          <Icon name={icons[outcome]} size={18} />
        </span>
        {t(`decision.${outcome}`)}
      </h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {row['decided_at'] ? (
        <p className={classes['quiet']}>{t('decision.on', { when: formatInstant(String(row['decided_at'])) })}</p>
      ) : null}
    </section>
  )
}
