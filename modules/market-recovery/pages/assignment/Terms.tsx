import { compareDecimals, decimal, field, kindOf } from '@commonhall/kernel'
import { formatDate, Icon, type Values, useToday } from '@commonhall/ui'
import { money, rate } from '../amounts.ts'
import { budgetOf } from '../program/budget-of.ts'
import { spent } from '../amounts.ts'
import { t } from '../t.ts'
import classes from './terms.module.css'
import { objectionsTo } from './objections.ts'
import { type HourTerms, termsOf } from './terms-of.ts'
import { type Known, useKnown } from './use-known.tsx'

const typed = field.money({ decimals: 4, min: '0' })

/** A rate as it is typed, `$31.5` too; undefined while it is none. */
function rateOf(value: unknown): string | undefined {
  const read = kindOf(typed).read(String(value ?? ''), typed, {})
  return String(value ?? '').trim() && read.ok ? String(read.value) : undefined
}

function Factors({ terms, known }: { terms: HourTerms; known: Known }) {
  const { basis, scale, contractorRate, rate: most } = terms
  const gap = decimal(scale ?? '0')
    .minus(decimal(contractorRate))
    .toFixed()
  const lines: readonly (readonly [string, string])[] =
    basis === 'award'
      ? [[t('assignment.award', { project: known.project?.['name'] }), rate(most ?? '0')]]
      : basis === 'fixed-rate'
        ? [[t('assignment.fixed'), rate(most ?? '0')]]
        : [
            [t('assignment.scale', { classification: known.classification }), rate(scale ?? '0')],
            [t('assignment.contractor'), `− ${rate(contractorRate)}`],
            [t('assignment.gap'), rate(gap)],
            ...(most === null ? [] : [[t('assignment.most'), rate(most)] as const]),
          ]
  return (
    <dl>
      {lines.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
      <div>
        <dt>{t('assignment.week')}</dt>
        <dd>{money(terms.week)}</dd>
      </div>
    </dl>
  )
}

function Reckoned({ known, values }: { known: Known; values: Values }) {
  const contractorRate = rateOf(values['contractor_rate'])
  const { program, classification, scales, awardRates = [] } = known
  const today = useToday()
  if (!program || !classification || contractorRate === undefined || !scales)
    return <p data-quiet>{t('assignment.choose')}</p>
  const on = String(values['from_on'] || today)
  const terms = termsOf({ ...known, program, scales, awardRates, contractorRate, on })
  if (!terms) return <p>{t('assignment.no_scale', { classification, on: formatDate(on) })}</p>
  const isNothing = compareDecimals(terms.perHour, '0') === 0
  return (
    <>
      <p className={classes['amount']}>
        <b>{rate(terms.perHour)}</b> {t('assignment.perHour')}
      </p>
      {compareDecimals(terms.overtime, terms.perHour) === 0 ? null : (
        <p data-quiet>{t('assignment.overtime', { amount: rate(terms.overtime) })}</p>
      )}
      {isNothing ? <p>{t('assignment.nothing')}</p> : null}
      <Factors terms={terms} known={known} />
      <p data-quiet>
        {t('assignment.remaining', { program: program['name'], amount: money(spent(budgetOf(program)).remaining) })}
      </p>
    </>
  )
}

/** Beside the form of a new assignment: what an hour comes to as it is filled in, and what stands against it. */
export function Terms({ values }: { values: Values }) {
  const known = useKnown(values)
  const [from, until] = [String(values['from_on'] ?? ''), String(values['until_on'] ?? '')]
  const objections = objectionsTo({ ...known, from, until }, formatDate)
  return (
    <aside className={classes['terms']} aria-labelledby="terms" aria-live="polite">
      <h2 id="terms">{t('assignment.title')}</h2>
      {objections.length ? (
        <div className={classes['objections']}>
          <h3>
            <Icon name="warning" size={16} /> {t('assignment.cannot')}
          </h3>
          <ul>
            {objections.map((objection) => (
              <li key={objection}>{objection}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <Reckoned known={known} values={values} />
    </aside>
  )
}
