import { compareDecimals, decimal, sumOf } from '@commonhall/kernel'
import { formatDate, ScrollRegion } from '@commonhall/ui'
import type { Calculation as Figures, CalculationLine } from '../calculation.ts'
import { amountOf } from '../subsidy.ts'
import { hours, money, rate } from './amounts.ts'
import shared from './pages.module.css'
import { t } from './t.ts'

interface CalculationProps {
  readonly figures: Figures
  readonly subsidy: string
}

const factorOf = ({ overtime_factor: factor }: Figures) => decimal(factor).toFixed()

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

function Line({ figures, line }: { figures: Figures; line: CalculationLine }) {
  const days =
    line.from_on === line.until_on
      ? formatDate(line.from_on)
      : `${formatDate(line.from_on)} – ${formatDate(line.until_on)}`
  return (
    <tr>
      <th scope="row">{days}</th>
      <td data-align="end">{hours(line.regular)}</td>
      <td data-align="end">
        {hours(line.overtime)} <span data-quiet>× {factorOf(figures)}</span>
      </td>
      <td data-align="end">
        {rate(line.per_hour)}
        <br />
        <small data-quiet>{perHour(figures, line)}</small>
      </td>
      <td data-align="end">{rate(amountOf(line, figures.overtime_factor).toFixed())}</td>
    </tr>
  )
}

/** Every factor of a subsidy, so that somebody with a calculator gets the same cents. */
export function Calculation({ figures, subsidy }: CalculationProps) {
  const exact = sumOf(figures.lines.map((line) => amountOf(line, figures.overtime_factor))).toFixed()
  const isRounded = compareDecimals(exact, subsidy) !== 0
  return (
    <ScrollRegion className={shared['scroll']} label={t('calculation.title')}>
      <table className={shared['table']} data-tall>
        <caption className="mantine-visually-hidden">{t('calculation.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('calculation.days')}</th>
            <th scope="col" data-align="end">
              {t('calculation.regular')}
            </th>
            <th scope="col" data-align="end">
              {t('calculation.overtime')}
            </th>
            <th scope="col" data-align="end">
              {t('calculation.perHour')}
            </th>
            <th scope="col" data-align="end">
              {t('calculation.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.lines.map((line) => (
            <Line key={line.from_on} figures={figures} line={line} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {isRounded ? t('calculation.rounded', { exact: rate(exact) }) : t('calculation.subsidy')}
            </th>
            <td data-align="end">{money(subsidy)}</td>
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  )
}
