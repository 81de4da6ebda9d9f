import { Icon } from '@commonhall/ui'
import { compareDecimals } from '@commonhall/kernel'
import { money, spent } from './amounts.ts'
import classes from './budget.module.css'
import shared from './pages.module.css'
import { t } from './t.ts'

export interface Budget {
  readonly name: string
  readonly budget: string
  readonly paid: string
  readonly committed: string
}

/** Says when little or nothing is left. */
export function BudgetWarning({ program, warnAt }: { program: Budget; warnAt: string }) {
  const { used } = spent(program)
  if (compareDecimals(used, warnAt) < 0) return null
  const isOut = compareDecimals(used, '100') >= 0
  return (
    <span className={shared['warning']} data-bad={isOut || undefined}>
      <Icon name="warning" size={14} />
      {isOut ? t('budget.none') : t('budget.over', { percent: Number(warnAt) })}
    </span>
  )
}

/** What is paid, what is promised, and what is left of a budget, as a bar beside its figures. */
export function BudgetBar({ program }: { program: Budget }) {
  const { paidShare, committedShare } = spent(program)
  const { name, budget, paid, committed } = program
  const said = t('budget.bar', {
    program: name,
    paid: money(paid),
    committed: money(committed),
    budget: money(budget),
  })
  return (
    <div className={classes['bar']} role="img" aria-label={said}>
      <span data-part="paid" style={{ width: `${paidShare}%` }} />
      <span data-part="committed" style={{ width: `${committedShare}%` }} />
    </div>
  )
}

/** The figures of a budget, each under its name and mark. */
export function BudgetFigures({ program }: { program: Budget }) {
  const { remaining, used } = spent(program)
  const parts = [
    ['paid', program.paid],
    ['committed', program.committed],
    ['remaining', remaining],
  ] as const
  return (
    <dl className={classes['figures']}>
      {parts.map(([part, amount]) => (
        <div key={part}>
          <dt>
            <span className={classes['mark']} data-part={part} aria-hidden />
            {t(`budget.${part}`)}
          </dt>
          <dd>{money(amount)}</dd>
        </div>
      ))}
      <div>
        <dt>{t('budget.budget')}</dt>
        <dd>
          {money(program.budget)} <span data-quiet>{t('budget.used', { percent: used })}</span>
        </dd>
      </div>
    </dl>
  )
}
