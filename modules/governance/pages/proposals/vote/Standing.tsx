import { formatCount, type Row } from '@commonhall/ui'
import classes from '../proposals.module.css'
import box from './vote.module.css'
import { t } from '../t.ts'
import { choices, type FrozenRules, type Result } from '../wire.ts'
import { counted, drawn, percentOf } from './standing.ts'

const width = (part: number) => ({ width: `${Math.min(1, Math.max(0, part)) * 100}%` })

/** Yes, no and abstentions: numbers that a table would have, with bars beside them. */
function Bars({ result, rules }: { result: Result; rules: FrozenRules }) {
  const { lengths, mark } = drawn(result, rules)
  const whole = result.yes + result.no + result.abstain
  return (
    <dl className={box['bars']}>
      {choices.map((choice) => (
        <div key={choice} data-choice={choice}>
          <dt>{t(`choice.${choice}`)}</dt>
          <dd>
            <b>{formatCount(result[choice])}</b>
            <span data-quiet>{t('standing.percent', { percent: percentOf(result[choice], whole).toFixed(1) })}</span>
          </dd>
          <div className={box['track']} aria-hidden>
            <i style={width(lengths[choice])} />
            {choice === 'yes' && mark !== undefined ? <em style={{ left: `${Math.min(1, mark) * 100}%` }} /> : null}
          </div>
        </div>
      ))}
    </dl>
  )
}

/** How far it is to the quorum. */
function Quorum({ result, rules }: { result: Result; rules: FrozenRules }) {
  const { quorum } = result
  const count = counted(result, rules)
  if (quorum === null) return <p className={classes['quiet']}>{t('standing.noQuorum')}</p>
  if (count === undefined) return null
  const said = { count: formatCount(count), needed: formatCount(quorum) }
  return (
    <div className={box['quorum']}>
      <span>{t('standing.quorum')}</span>
      <span>{t(result.quorum_reached ? 'standing.quorumReached' : 'standing.quorumMissing', said)}</span>
      <div className={box['track']} data-done={result.quorum_reached || undefined} aria-hidden>
        <i style={width(count / Math.max(1, quorum))} />
      </div>
    </div>
  )
}

/** How a roll call stands while people look, or how it was voted in the end. */
export function Standing({ row, result }: { row: Row; result: Result }) {
  const rules = (row['rules'] ?? {}) as FrozenRules
  const isOpen = row['state'] === 'voting'
  const turnout = { cast: formatCount(result.cast), electorate: formatCount(result.electorate) }
  const threshold = { threshold: rules.threshold, base: t(`standing.base.${rules.majority_base ?? 'votes'}`) }
  return (
    <section className={classes['section']} aria-labelledby="standing">
      <header>
        <h2 id="standing">{t(isOpen ? 'standing.title' : 'standing.final')}</h2>
        <span className={box['figure']}>{t('standing.turnout', turnout)}</span>
      </header>
      <div className={box['standing']}>
        <Bars result={result} rules={rules} />
        {rules.threshold ? (
          <p className={box['markNote']}>
            <em aria-hidden /> {t(rules.at_least ? 'standing.thresholdLeast' : 'standing.threshold', threshold)}
          </p>
        ) : null}
        <Quorum result={result} rules={rules} />
        {isOpen && result.cast ? (
          <p className={box['now']}>
            {t('standing.now')}: <b>{t(`standing.outcome.${result.outcome}`)}</b>.{' '}
            <span>{result.sentences.join(' ')}</span>
          </p>
        ) : null}
        {isOpen ? <p className={classes['quiet']}>{t('standing.live')}</p> : null}
      </div>
    </section>
  )
}
