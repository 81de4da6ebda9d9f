import { useElementSize } from '@mantine/hooks'
import { type Fields, labelOf } from '@commonhall/kernel'
import { useId } from 'react'
import { formatDate, formatValue } from '../fields/format.ts'
import type { Values } from '../form/draft.ts'
import listClasses from '../list/list.module.css'
import { t } from '../say.ts'
import type { Chart } from './answer.ts'
import classes from './drawing.module.css'

/** For drawing alone: a bar may be a float, a figure never is. */
const lengthOf = (value: unknown) => Number(value ?? 0)

interface DrawingProps {
  chart: Chart
  columns: Fields
  module: string
}

/** What each color and stroke stands for. */
const Legend = ({ columns, y }: { columns: Fields; y: readonly string[] }) => (
  <ul className={classes['legend']}>
    {y.map((name, at) => (
      <li key={name} data-series={at}>
        {labelOf(columns, name)}
      </li>
    ))}
  </ul>
)

/** Bars are a table whose figures have a length, so there is nothing that a screen reader would miss. */
function Bars({ chart, columns, module }: DrawingProps) {
  const { x, y, points } = chart
  const longest = Math.max(...points.flatMap((point) => y.map((name) => Math.abs(lengthOf(point[name])))), 1e-9)
  return (
    <table className={classes['bars']}>
      <thead className={listClasses['hidden']}>
        <tr>
          <th scope="col">{labelOf(columns, x)}</th>
          <th scope="col">{y.map((name) => labelOf(columns, name)).join(', ')}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point, row) => (
          <tr key={row}>
            <th scope="row">{formatValue(columns[x], point[x], undefined, module)}</th>
            <td>
              {y.map((name, at) => (
                <div key={name} className={classes['bar']}>
                  <span
                    data-series={at}
                    style={{ width: `${(Math.max(0, lengthOf(point[name])) / longest) * 100}%` }}
                    aria-hidden
                  />
                  <b>{formatValue(columns[name], point[name])}</b>
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const height = 180
const margin = { top: 12, bottom: 24, left: 4, right: 4 }

const saidOf = (columns: Fields, name: string, point: Values, module: string) =>
  formatValue(columns[name], point[name], undefined, module)

/** A round number at or above the largest, so that the line does not stick to the upper edge. */
function ceilingOf(largest: number): number {
  if (largest <= 0) return 1
  const step = 10 ** Math.floor(Math.log10(largest))
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((times) => times * step).find((round) => round >= largest) ?? largest
}

/** A day's place from left to right is its date, so that a week without anything is as wide as any other. */
function Lines({ chart, columns, module }: DrawingProps) {
  const { x, y, points } = chart
  const { ref, width } = useElementSize()
  const title = useId()
  const times = points.map((point, at) => {
    const time = Date.parse(String(point[x]))
    return Number.isNaN(time) ? at : time
  })
  const [first = 0, last = 1] = [times[0], times.at(-1)]
  const top = ceilingOf(Math.max(...points.flatMap((point) => y.map((name) => lengthOf(point[name])))))
  const across = (time: number) =>
    margin.left + ((time - first) / (last - first || 1)) * (width - margin.left - margin.right)
  const down = (value: number) => margin.top + (1 - Math.max(0, value) / top) * (height - margin.top - margin.bottom)
  const unit = columns[y[0] ?? '']
  return (
    <div ref={ref} className={classes['plot']}>
      {width ? (
        <svg width={width} height={height} role="img" aria-labelledby={title}>
          <title id={title}>{titleOf(columns, chart)}</title>
          {[top, top / 2, 0].map((value) => (
            <g key={value} data-grid>
              <line x1={0} x2={width} y1={down(value)} y2={down(value)} />
              {value ? (
                <text x={0} y={down(value) - 3}>
                  {formatValue(unit, unit?.kind === 'count' ? Math.round(value) : value.toFixed(2))}
                </text>
              ) : null}
            </g>
          ))}
          {y.map((name, at) => (
            <g key={name} data-series={at}>
              <polyline
                points={points
                  .map((point, index) => `${across(times[index] ?? 0)},${down(lengthOf(point[name]))}`)
                  .join(' ')}
              />
              {points.length <= 60
                ? points.map((point, index) => (
                    <circle key={index} cx={across(times[index] ?? 0)} cy={down(lengthOf(point[name]))} r={3}>
                      <title>{[x, name].map((one) => saidOf(columns, one, point, module)).join(': ')}</title>
                    </circle>
                  ))
                : null}
            </g>
          ))}
          <text x={0} y={height - 6}>
            {formatDate(String(points[0]?.[x]))}
          </text>
          <text x={width} y={height - 6} textAnchor="end">
            {formatDate(String(points.at(-1)?.[x]))}
          </text>
        </svg>
      ) : null}
    </div>
  )
}

/** The figures behind a line, for whoever cannot see it or wants them exactly. */
function Figures({ chart: { x, y, points }, columns, module }: DrawingProps) {
  const cell = (point: Values, name: string) => formatValue(columns[name], point[name], undefined, module)
  return (
    <details className={classes['figures']}>
      <summary>{t('reports.figures')}</summary>
      <table className={listClasses['table']}>
        <thead>
          <tr>
            {[x, ...y].map((name) => (
              <th key={name} scope="col" data-align={name === x ? 'start' : 'end'}>
                {labelOf(columns, name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point, row) => (
            <tr key={row} data-still>
              <th scope="row">{cell(point, x)}</th>
              {y.map((name) => (
                <td key={name} data-align="end">
                  {cell(point, name)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const titleOf = (columns: Fields, { x, y, per }: Chart) =>
  t(per === 'week' ? 'reports.perWeek' : per === 'month' ? 'reports.perMonth' : 'reports.chart', {
    x: labelOf(columns, x).toLowerCase(),
    y: y.map((name) => labelOf(columns, name)).join(', '),
  })

/** The picture that a report declares, drawn from sums that the database has made. */
export default function Drawing(props: DrawingProps) {
  const { chart, columns } = props
  const isLine = chart.kind === 'line'
  return (
    <figure className={classes['drawing']}>
      <figcaption>
        <span>{titleOf(columns, chart)}</span>
        {chart.y.length > 1 ? <Legend columns={columns} y={chart.y} /> : null}
      </figcaption>
      {isLine ? <Lines {...props} /> : <Bars {...props} />}
      {chart.more ? (
        <p>{t(isLine ? 'reports.chartDays' : 'reports.chartPart', { count: chart.points.length })}</p>
      ) : null}
      {isLine ? <Figures {...props} /> : null}
    </figure>
  )
}
