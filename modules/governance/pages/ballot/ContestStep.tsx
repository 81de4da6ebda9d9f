import { Button } from '@mantine/core'
import { type ComponentType, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import classes from './booth.module.css'
import { ChoiceMarks } from './ChoiceMarks.tsx'
import { type Contest, type Way, wayOf } from './contest.ts'
import type { MarkingProps } from './marking.ts'
import { isBlank, type Mark, nothing } from './marks.ts'
import { PointMarks } from './PointMarks.tsx'
import { RankMarks } from './RankMarks.tsx'
import { ruleOf, soFar } from './rule-of.ts'
import { t } from './t.ts'

const markings: Readonly<Record<Way, ComponentType<MarkingProps>>> = {
  one: ChoiceMarks,
  several: ChoiceMarks,
  ranks: RankMarks,
  score: PointMarks,
  share: PointMarks,
}

interface ContestStepProps {
  readonly contest: Contest
  readonly mark: Mark
  readonly onMark: (mark: Mark) => void
  /** Which of how many it is, in words. */
  readonly place: string
  /** The way back and on. */
  readonly children: ReactNode
}

/** Begins at the top, with the focus on what the step is about. */
export function useBeginning<Heading extends HTMLElement>() {
  const heading = useRef<Heading>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    for (const one of [window, document.getElementById('main')]) one?.scrollTo(0, 0)
  }, [])
  return heading
}

/** One contest of the ballot: what it is about, how it is marked, what is marked so far. */
export function ContestStep({ contest, mark, onMark, place, children }: ContestStepProps) {
  const heading = useBeginning<HTMLHeadingElement>()
  const title = useId()
  const [told, setTold] = useState<{ text: string; tone?: 'warn' | undefined }>()
  const Marking = markings[wayOf(contest)]
  return (
    <section className={classes['step']} aria-labelledby={title}>
      <p className={classes['place']}>{place}</p>
      <h2 id={title} ref={heading} tabIndex={-1}>
        {contest.name}
      </h2>
      <p className={classes['rule']}>
        {ruleOf(contest)}
        {contest.seats > 1 ? <span> {t('rule.seats', { count: contest.seats })}</span> : null}
      </p>
      {contest.about ? <p className={classes['about']}>{contest.about}</p> : null}
      <Marking
        contest={contest}
        mark={mark}
        labelledBy={title}
        tell={(text, tone) => setTold({ text, tone })}
        onMark={(next) => {
          setTold(undefined)
          onMark(next)
        }}
      />
      <p className={classes['told']} role="status" data-tone={told?.tone}>
        {told?.text}
      </p>
      <div className={classes['bar']}>
        <p>
          <span aria-live="polite">{soFar(contest, mark)}</span>
          {isBlank(mark) ? null : (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onMark(nothing)}>
              {t('clear')}
            </Button>
          )}
        </p>
        <div>{children}</div>
      </div>
    </section>
  )
}
