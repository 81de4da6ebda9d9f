import { Button } from '@mantine/core'
import { Icon } from '@commonhall/ui'
import type { BallotPage } from '../voting/ballot-page.ts'
import classes from './booth.module.css'
import sheet from './paper.module.css'
import { useBeginning } from './ContestStep.tsx'
import { type Contest, nameOf, wayOf } from './contest.ts'
import { isBlank, type Mark, markOf, type Marks } from './marks.ts'
import { t } from './t.ts'

/** What is marked in one contest, in full. */
function Marked({ contest, mark, isMine }: { contest: Contest; mark: Mark; isMine: boolean }) {
  if (isBlank(mark)) return <p className={sheet['blank']}>{t(isMine ? 'review.blank' : 'review.wasBlank')}</p>
  const way = wayOf(contest)
  const order = contest.candidates.map(({ id }) => id)
  if (way === 'score' || way === 'share') {
    const given = order.filter((id) => id in mark.points)
    return (
      <ul>
        {given.map((id) => (
          <li key={id}>
            <b>{nameOf(contest, id)}</b>{' '}
            <span>{t(way === 'score' ? 'review.points' : 'review.votes', { count: mark.points[id] })}</span>
          </li>
        ))}
      </ul>
    )
  }
  if (way !== 'ranks')
    return (
      <ul>
        {order
          .filter((id) => mark.chosen.includes(id))
          .map((id) => (
            <li key={id}>
              <b>{nameOf(contest, id)}</b>
            </li>
          ))}
      </ul>
    )
  const rest = order.filter((id) => !mark.chosen.includes(id))
  return (
    <>
      <ol>
        {mark.chosen.map((id) => (
          <li key={id}>
            <b>{nameOf(contest, id)}</b>
          </li>
        ))}
      </ol>
      {rest.length ? (
        <p className={classes['quiet']}>
          {t('review.rest', { names: rest.map((id) => nameOf(contest, id)).join(', ') })}
        </p>
      ) : null}
    </>
  )
}

interface MarkedBallotProps {
  readonly page: Pick<BallotPage, 'contests'>
  readonly marks: Marks
  /** The way back to a contest, by its place. */
  readonly onChange?: (index: number) => void
}

/** A whole ballot, contest by contest. */
export const MarkedBallot = ({ page: { contests }, marks, onChange }: MarkedBallotProps) => (
  <div className={sheet['paper']}>
    {contests.map((contest, index) => (
      <section key={contest.id} aria-labelledby={`marked-${contest.id}`}>
        <header>
          <h3 id={`marked-${contest.id}`}>{contest.name}</h3>
          {onChange ? (
            <Button
              variant="default"
              size="compact-md"
              aria-label={t('review.changeOf', { contest: contest.name })}
              onClick={() => onChange(index)}
            >
              {t('review.change')}
            </Button>
          ) : null}
        </header>
        <Marked contest={contest} mark={markOf(marks, contest)} isMine={onChange !== undefined} />
      </section>
    ))}
  </div>
)

interface ReviewProps extends MarkedBallotProps {
  readonly onChange: (index: number) => void
  readonly onCast: () => void
}

/** The whole ballot as it will be cast, each contest with its way back. */
export function Review({ page, marks, onChange, onCast }: ReviewProps) {
  const { contests } = page
  const heading = useBeginning<HTMLHeadingElement>()
  const isAllBlank = contests.every((contest) => isBlank(markOf(marks, contest)))
  return (
    <section className={classes['step']} aria-labelledby="review">
      <h2 id="review" ref={heading} tabIndex={-1}>
        {t('review.title')}
      </h2>
      <p className={classes['rule']}>{t('review.text')}</p>
      <MarkedBallot page={page} marks={marks} onChange={onChange} />
      {isAllBlank ? (
        <p className={classes['warning']}>
          <Icon name="warning" size={16} /> {t('review.allBlank')}
        </p>
      ) : null}
      <p className={classes['quiet']}>{t('review.secret')}</p>
      <div className={classes['bar']} data-still>
        <div>
          <Button variant="default" size="md" onClick={() => onChange(contests.length - 1)}>
            {t('back')}
          </Button>
          <Button size="md" onClick={onCast}>
            {t('review.cast')}
          </Button>
        </div>
      </div>
    </section>
  )
}
