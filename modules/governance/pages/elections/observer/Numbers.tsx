import { formatCount, Icon } from '@commonhall/ui'
import classes from '../elections.module.css'
import own from '../office/office.module.css'
import { t } from '../t.ts'
import type { Watch } from '../wire.ts'
import { agreement } from './agreement.ts'

const names = ['eligible', 'taken', 'online', 'cast', 'paper', 'challenged', 'void'] as const

/** What there is of each, with what it means. Numbers that change are read out. */
export const Numbers = ({ watch }: { watch: Watch }) => (
  <section className={classes['section']} aria-labelledby="numbers">
    <h2 id="numbers">{t('elections.watching.numbers')}</h2>
    <dl className={own['numbers']} aria-live="polite">
      {names.map((name) =>
        watch[name] === undefined ? null : (
          <div key={name}>
            <dt>{t(`elections.watching.${name}`)}</dt>
            <dd>
              {formatCount(watch[name])}
              <small>{t(`elections.watching.${name}Text`)}</small>
            </dd>
          </div>
        ),
      )}
    </dl>
  </section>
)

/** Whether the numbers agree with each other. */
export const Agreement = ({ watch }: { watch: Watch }) => (
  <section className={classes['section']} aria-labelledby="checks">
    <h2 id="checks">{t('elections.watching.checks')}</h2>
    <ul className={own['checks']}>
      {agreement(watch).map(({ isGood, text }) => (
        <li key={text} data-bad={isGood ? undefined : true}>
          <Icon name={isGood ? 'check' : 'warning'} size={16} /> <span>{text}</span>
        </li>
      ))}
    </ul>
  </section>
)
