import { useId } from 'react'
import classes from './marks.module.css'
import { mostOf, wayOf } from './contest.ts'
import { choose, isFull } from './marks.ts'
import type { MarkingProps } from './marking.ts'
import { Statement } from './Statement.tsx'
import { t } from './t.ts'

/** One or several are marked. Once as many are chosen as there may be, a further one cannot be. */
export function ChoiceMarks({ contest, mark, onMark, tell, labelledBy }: MarkingProps) {
  const group = useId()
  const isOne = wayOf(contest) === 'one'
  const isNoMore = !isOne && isFull(contest, mark)
  const most = mostOf(contest)
  return (
    <ul className={classes['cards']} role={isOne ? 'radiogroup' : 'group'} aria-labelledby={labelledBy}>
      {contest.candidates.map((candidate) => {
        const isOn = mark.chosen.includes(candidate.id)
        const isShut = isNoMore && !isOn
        return (
          <li key={candidate.id} role="presentation" data-on={isOn || undefined} data-shut={isShut || undefined}>
            <label>
              <input
                type={isOne ? 'radio' : 'checkbox'}
                name={group}
                checked={isOn}
                aria-disabled={isShut || undefined}
                onChange={() =>
                  isShut ? tell(t('full', { most }), 'warn') : onMark(choose(contest, mark, candidate.id))
                }
              />
              <span>{candidate.name}</span>
            </label>
            <Statement candidate={candidate} />
          </li>
        )
      })}
    </ul>
  )
}
