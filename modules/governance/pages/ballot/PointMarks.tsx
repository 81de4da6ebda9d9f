import { Icon } from '@commonhall/ui'
import { useId } from 'react'
import classes from './marks.module.css'
import scales from './points.module.css'
import { type Candidate, pointsOf, wayOf } from './contest.ts'
import type { MarkingProps } from './marking.ts'
import { give, roomFor } from './marks.ts'
import { Statement } from './Statement.tsx'
import { t } from './t.ts'

interface OneProps extends MarkingProps {
  readonly candidate: Candidate
}

/** Few enough points to show each of them as a button. */
const mostButtons = 10

/** Every number that can be given, side by side. */
function Scale({ contest, mark, onMark, candidate: { id, name } }: OneProps) {
  const group = useId()
  const given = mark.points[id] ?? 0
  return (
    <fieldset className={scales['scale']}>
      <legend className="mantine-visually-hidden">{t('points', { name })}</legend>
      {Array.from({ length: pointsOf(contest) + 1 }, (_, points) => (
        <label key={points} data-on={given === points || undefined}>
          <input
            type="radio"
            name={group}
            checked={given === points}
            onChange={() => onMark(give(contest, mark, id, points))}
          />
          {points}
        </label>
      ))}
    </fieldset>
  )
}

/** A number with one less and one more beside it. */
function Stepper({ contest, mark, onMark, tell, candidate: { id, name } }: OneProps) {
  const given = mark.points[id] ?? 0
  const room = roomFor(contest, mark, id)
  const isShare = wayOf(contest) === 'share'
  const set = (points: number) => {
    onMark(give(contest, mark, id, points))
    if (points > room && isShare) tell(t('noVotesLeft', { points: pointsOf(contest) }), 'warn')
  }
  return (
    <div className={scales['stepper']}>
      <button type="button" aria-label={t('less', { name })} aria-disabled={!given} onClick={() => set(given - 1)}>
        <Icon name="minus" />
      </button>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={room}
        value={String(given)}
        aria-label={t(isShare ? 'votes' : 'points', { name })}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => set(event.currentTarget.valueAsNumber)}
      />
      <button
        type="button"
        aria-label={t('more', { name })}
        aria-disabled={given >= room}
        onClick={() => set(given + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  )
}

/** Points for each, or votes to hand out. */
export function PointMarks(props: MarkingProps) {
  const { contest, mark, labelledBy } = props
  const One = wayOf(contest) === 'score' && pointsOf(contest) <= mostButtons ? Scale : Stepper
  return (
    <ul className={`${classes['cards']} ${scales['given']}`} aria-labelledby={labelledBy}>
      {contest.candidates.map((candidate) => (
        <li key={candidate.id} data-on={candidate.id in mark.points || undefined}>
          <div>
            <span>{candidate.name}</span>
            <One {...props} candidate={candidate} />
          </div>
          <Statement candidate={candidate} />
        </li>
      ))}
    </ul>
  )
}
