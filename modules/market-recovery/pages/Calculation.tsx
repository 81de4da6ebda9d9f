import { compareDecimals, decimal, sumOf } from '@commonhall/kernel'
import { formatDate } from '@commonhall/ui'
import type { Calculation as Figures, CalculationLine } from '../week/calculation.ts'
import { amountOf } from '../week/subsidy.ts'
import { exactly, fine, hours, money, rate } from './amounts.ts'
import classes from './calculation.module.css'
import { t } from './t.ts'

interface CalculationProps {
  readonly figures: Figures
  readonly subsidy: string
}

/** How the subsidy of an hour came about, as one would type it into a calculator. */
function perHour({ basis }: Figures, { scale, contractor_rate: paid, rate: most, per_hour: result }: CalculationLine) {
  if (basis === 'fixed-rate') return t('calculation.fixed', { rate: rate(result) })
  if (basis === 'award') return t('calculation.award', { rate: rate(result) })
  const gap = decimal(scale ?? '0').minus(decimal(paid))
  const params = { scale: rate(scale ?? '0'), paid: rate(paid), gap: rate(gap.toFixed()), most: rate(most ?? '0') }
  if (gap.lte(decimal('0'))) return t('calculation.none', params)
  if (most !== null && compareDecimals(most, gap.toFixed()) < 0) return t('calculation.most', params)
  return t('calculation.gap', params)
}

const factored = ({ regular, overtime }: CalculationLine, factor: string) =>
  compareDecimals(overtime, '0') === 0
    ? hours(regular)
    : t('calculation.hoursOf', { regular: hours(regular), overtime: hours(overtime), factor })

const weighted = ({ regular, overtime }: CalculationLine, factor: string) =>
  decimal(regular)
    .plus(decimal(overtime).times(decimal(factor)))
    .toFixed()

function Line({ figures, line, isAlone }: { figures: Figures; line: CalculationLine; isAlone: boolean }) {
  const { overtime_factor: factor } = figures
  const count = weighted(line, factor)
  const days =
    line.from_on === line.until_on
      ? formatDate(line.from_on)
      : `${formatDate(line.from_on)} – ${formatDate(line.until_on)}`
  return (
    <tbody>
      {isAlone ? null : (
        <tr>
          <th scope="rowgroup" colSpan={3}>
            {days}
          </th>
        </tr>
      )}
      <tr>
        <th scope="row">{t('calculation.perHour')}</th>
        <td>{perHour(figures, line)}</td>
        <td>{rate(line.per_hour)}</td>
      </tr>
      <tr>
        <th scope="row">{t('calculation.hours')}</th>
        <td>{factored(line, decimal(factor).toFixed())}</td>
        <td>{fine(count)}</td>
      </tr>
      <tr>
        <th scope="row">{t('calculation.amount')}</th>
        <td>{t('calculation.times', { hours: fine(count), rate: rate(line.per_hour) })}</td>
        <td>{exactly(amountOf(line, factor).toFixed())}</td>
      </tr>
    </tbody>
  )
}

/** Every factor of a subsidy, as a receipt: somebody with a calculator gets the same cents. */
export function Calculation({ figures, subsidy }: CalculationProps) {
  const exact = sumOf(figures.lines.map((line) => amountOf(line, figures.overtime_factor))).toFixed()
  const isRounded = compareDecimals(exact, subsidy) !== 0
  return (
    <table className={classes['receipt']}>
      <caption className="mantine-visually-hidden">{t('calculation.title')}</caption>
      {figures.lines.map((line) => (
        <Line key={line.from_on} figures={figures} line={line} isAlone={figures.lines.length === 1} />
      ))}
      <tfoot>
        <tr>
          <th scope="row">{t('calculation.subsidy')}</th>
          <td>{isRounded ? t('calculation.rounded') : ''}</td>
          <td>{money(subsidy)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
