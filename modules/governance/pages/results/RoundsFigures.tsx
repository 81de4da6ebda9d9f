import { ScrollRegion } from '@commonhall/ui'
import { formatVotes } from './Bars.tsx'
import classes from './rounds.module.css'
import type { Cell, RoundsTable } from './rounds.ts'
import { t } from './t.ts'

/** Votes, what came or went, and what was decided. */
function Votes({ cell, elected }: { cell: Cell | undefined; elected: string }) {
  if (!cell) return <td data-align="end">{t('contest.notIn')}</td>
  const { votes, change, fate } = cell
  return (
    <td data-align="end" data-fate={fate}>
      {formatVotes(votes)}
      {change ? <small>{formatVotes(change)}</small> : null}
      {fate ? <small data-fate={fate}>{fate === 'elected' ? elected : t('contest.eliminated')}</small> : null}
    </td>
  )
}

interface RoundsFiguresProps {
  readonly table: RoundsTable
  readonly caption: string
  /** What whoever won is called. */
  readonly elected: string
  /** What the figures are, where there is but one round. */
  readonly unit: string
}

/** Every figure of every round: this is the count, and the chart above only draws it. */
export function RoundsFigures({ table, caption, elected, unit }: RoundsFiguresProps) {
  const { rows, thresholds, exhausted, surplus } = table
  const isOne = thresholds.length === 1
  const has = (votes: readonly (string | undefined)[]) => votes.some((one) => Number(one ?? 0) > 0)
  const ends = [
    ...(has(exhausted) ? [['contest.exhausted', exhausted] as const] : []),
    ...(has(surplus) ? [['contest.surplus', surplus] as const] : []),
    ...(isOne ? [] : [['contest.thresholdRow', thresholds] as const]),
  ]
  return (
    <ScrollRegion className={classes['scroll']} label={caption}>
      <table className={classes['table']}>
        <caption className="mantine-visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('contest.candidate')}</th>
            {thresholds.map((_, index) => (
              <th key={index} scope="col" data-align="end">
                {isOne ? unit : t('contest.round', { round: index + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, cells, fate }) => (
            <tr key={id} data-fate={fate}>
              <th scope="row">{name}</th>
              {thresholds.map((_, index) => (
                <Votes key={index} cell={cells[index]} elected={elected} />
              ))}
            </tr>
          ))}
        </tbody>
        {ends.length ? (
          <tfoot>
            {ends.map(([key, votes]) => (
              <tr key={key}>
                <th scope="row">{t(key)}</th>
                {votes.map((one, index) => (
                  <td key={index} data-align="end">
                    {one === undefined ? '' : formatVotes(one)}
                  </td>
                ))}
              </tr>
            ))}
          </tfoot>
        ) : null}
      </table>
    </ScrollRegion>
  )
}
