import { links, type Row, useOrg } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import classes from '../proposals.module.css'
import box from './vote.module.css'
import { t } from '../t.ts'

/** By which rules it is decided: those that were in force when voting opened, else those of today. */
export function Rules({ row, rules }: { row: Row; rules: readonly string[] }) {
  const org = useOrg()
  const name = row.titles?.['rule_set']
  const isFrozen = !!row['rules']
  if (row['state'] === 'withdrawn') return null
  return (
    <section className={classes['section']} aria-labelledby="rules">
      <h2 id="rules">{t('rules.title')}</h2>
      {name && rules.length ? (
        <>
          <p className={classes['quiet']}>{t(isFrozen ? 'rules.frozen' : 'rules.now', { name })}</p>
          <ul className={box['bullets']}>
            {rules.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p>
            <Link {...links.record(org, 'rule-sets', String(row['rule_set']))}>{name}</Link>
          </p>
        </>
      ) : (
        <p className={classes['quiet']}>{t('rules.none')}</p>
      )}
    </section>
  )
}
