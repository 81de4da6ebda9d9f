import { decide, even } from '../../../decisions/decide.ts'
import { inWords } from '../../../decisions/in-words.ts'
import { rulesInWords } from '../../../rule-sets/in-words.ts'
import type { Rules } from '../../../rule-sets/rules.ts'
import type { Values } from '@commonhall/ui'
import { t } from '../t.ts'
import { readRules, sample } from './read-rules.ts'
import classes from './rule-sets.module.css'

/** Rules as sentences. */
export const Sentences = ({ rules }: { rules: Rules }) => (
  <ul className={classes['sentences']}>
    {rulesInWords(rules).map((sentence) => (
      <li key={sentence}>{sentence}</li>
    ))}
  </ul>
)

function Example({ rules }: { rules: Rules }) {
  const { electorate, yes, no, abstain } = sample
  const tallies = {
    yes: even(yes),
    no: even(no),
    abstain: even(abstain),
    present: even(0),
    electorate: even(electorate),
  }
  const { explained } = decide(rules, tallies)
  return (
    <>
      <h3>{t('ruleSets.example')}</h3>
      <p data-quiet>{t('ruleSets.exampleText', sample)}</p>
      <p>{inWords(explained).join(' ')}</p>
    </>
  )
}

/** Beside the form: what the rules mean as they are typed, and what a vote would come to by them. */
export function InWords({ values }: { values: Values }) {
  const rules = readRules(values)
  return (
    <aside className={classes['words']} aria-labelledby="in-words" aria-live="polite">
      <h2 id="in-words">{t('ruleSets.says')}</h2>
      {rules ? (
        <>
          <Sentences rules={rules} />
          <Example rules={rules} />
        </>
      ) : (
        <p data-quiet>{t('ruleSets.unreadable')}</p>
      )}
    </aside>
  )
}
