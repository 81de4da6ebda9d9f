import { ActionIcon } from '@mantine/core'
import { Icon } from '@commonhall/ui'
import { useState } from 'react'
import classes from './rounds.module.css'
import type { RoundsTable } from './rounds.ts'
import { t } from './t.ts'

/** Votes as people read them. */
export function formatVotes(votes: string): string {
  const [whole = '0', fraction] = votes.split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? `.${fraction}` : '')
}

interface BarsProps {
  readonly table: RoundsTable
  /** What is said of each round. */
  readonly told: readonly (readonly string[])[]
  /** What whoever won is called. */
  readonly elected: string
}

const percent = (length: number) => `${Math.min(1, Math.max(0, length)) * 100}%`

/** The bars of one round. All of it stands in the table, so that nobody needs to see them. */
function Round({ table, at, elected }: Omit<BarsProps, 'told'> & { at: number }) {
  const { rows, marks, thresholds, exhausted } = table
  const lost = exhausted[at] ?? '0'
  const scale = Math.max(1, ...marks)
  return (
    <div className={classes['bars']} aria-hidden>
      {rows.map(({ id, name, cells }) => {
        const cell = cells[at]
        const gained = cell ? cell.gained : 0
        const length = cell ? cell.length : 0
        return (
          <div key={id} data-out={cell ? undefined : true} data-fate={cell?.fate}>
            <span>{name}</span>
            <span className={classes['track']}>
              <i style={{ width: percent((length - gained) / scale) }} />
              <i data-gained style={{ width: percent(gained / scale) }} />
              {thresholds.length > 1 ? <em style={{ left: percent((marks[at] ?? 0) / scale) }} /> : null}
            </span>
            <b>
              {cell ? formatVotes(cell.votes) : '–'}
              {cell?.change ? <small>{formatVotes(cell.change)}</small> : null}
              {cell?.fate ? (
                <small data-fate={cell.fate}>{cell.fate === 'elected' ? elected : t('contest.eliminated')}</small>
              ) : null}
            </b>
          </div>
        )
      })}
      {thresholds.length > 1 ? (
        <p>
          <em /> {t('contest.threshold', { votes: formatVotes(thresholds[at] ?? '') })}
          {lost === '0' ? null : ` · ${t('contest.exhaustedNow', { votes: formatVotes(lost) })}`}
        </p>
      ) : null}
    </div>
  )
}

interface StepProps {
  readonly icon: 'back' | 'arrow'
  readonly label: string
  readonly isOver: boolean
  readonly onStep: () => void
}

/** To the round before or after. At the end it stays where it is, so that the focus does. */
const Step = ({ icon, label, isOver, onStep }: StepProps) => (
  <ActionIcon
    variant="default"
    size="lg"
    aria-label={label}
    aria-disabled={isOver}
    onClick={onStep}
    {...(isOver ? { 'data-disabled': true } : {})}
  >
    <Icon name={icon} size={16} />
  </ActionIcon>
)

/** Round after round: who has how many, what moved, and why somebody was elected or eliminated. */
export function Bars({ table, told, elected }: BarsProps) {
  const count = table.thresholds.length
  const [at, setAt] = useState(0)
  const step = (by: number) => setAt((before) => Math.min(count - 1, Math.max(0, before + by)))
  return (
    <div className={classes['chart']}>
      {count > 1 ? (
        <div className={classes['rounds']} role="group" aria-label={t('contest.rounds')}>
          <Step icon="back" label={t('contest.before')} isOver={at === 0} onStep={() => step(-1)} />
          <b aria-live="polite">{t('contest.ofRounds', { round: at + 1, count })}</b>
          <Step icon="arrow" label={t('contest.after')} isOver={at === count - 1} onStep={() => step(1)} />
        </div>
      ) : null}
      <Round table={table} at={at} elected={elected} />
      <div className={classes['told']} aria-live="polite">
        {told[at]?.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </div>
  )
}
