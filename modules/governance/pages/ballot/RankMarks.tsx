import { Icon } from '@commonhall/ui'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import marking from './marks.module.css'
import classes from './booth.module.css'
import { type Candidate, mostOf, nameOf } from './contest.ts'
import type { MarkingProps } from './marking.ts'
import { rank } from './marks.ts'
import { Statement } from './Statement.tsx'
import { t } from './t.ts'
import { useDrag } from './use-drag.ts'

interface Ranking {
  /** Puts somebody at a place from 0, or nowhere; then the focus goes to that control of that row. */
  readonly put: (id: string, place: number | undefined, focus?: string) => void
  readonly drag: ReturnType<typeof useDrag>
  /** Whoever is ranked, in that order. */
  readonly chosen: readonly string[]
  readonly most: number
}

/** The place by number: chosen, or typed while the control has the focus. */
function PlaceNumber({ candidate: { id, name }, ranking }: { candidate: Candidate; ranking: Ranking }) {
  const { chosen, most, put } = ranking
  const place = chosen.indexOf(id)
  const places = Math.min(place < 0 ? chosen.length + 1 : chosen.length, most)
  return (
    <select
      aria-label={t('rank.place', { name })}
      data-focus={`number:${id}`}
      value={place < 0 ? '' : place + 1}
      onChange={({ currentTarget: { value } }) => put(id, value ? Number(value) - 1 : undefined, 'number')}
    >
      <option value="">{t('rank.noPlace')}</option>
      {Array.from({ length: places }, (_, index) => (
        <option key={index} value={index + 1}>
          {index + 1}
        </option>
      ))}
    </select>
  )
}

interface RowProps {
  readonly candidate: Candidate
  readonly ranking: Ranking
  /** Its place among all that can be dragged past. */
  readonly at: number
}

const keys: Readonly<Record<string, (place: number, last: number) => number | undefined>> = {
  ArrowUp: (place) => Math.max(0, place - 1),
  ArrowDown: (place, last) => Math.min(last, place + 1),
  Home: () => 0,
  End: (_, last) => last,
  Delete: () => undefined,
  Backspace: () => undefined,
}

/** A row of the order: moved by its handle, with the mouse, a finger or arrow keys, or by its number. */
function Ranked({ candidate, ranking, at, hint }: RowProps & { hint: string }) {
  const { id, name } = candidate
  const { chosen, put, drag } = ranking
  const place = chosen.indexOf(id)
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keys[event.key]
    if (!to || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const next = to(place, chosen.length - 1)
    if (next !== place) put(id, next, next === undefined ? 'add' : 'move')
  }
  return (
    <li data-row data-on data-dragged={drag.dragged === at || undefined} style={{ translate: `0 ${drag.shift(at)}px` }}>
      <div>
        <button
          type="button"
          className={marking['grip']}
          aria-label={t('rank.move', { name, place: place + 1, count: chosen.length })}
          aria-describedby={hint}
          data-focus={`move:${id}`}
          onKeyDown={onKeyDown}
          {...drag.handle(at)}
        >
          <Icon name="menu" />
        </button>
        <PlaceNumber candidate={candidate} ranking={ranking} />
        <span>{name}</span>
      </div>
      <Statement candidate={candidate} />
    </li>
  )
}

/** A row that is not ranked: a tap ranks it next. */
function Unranked({ candidate, ranking, at }: RowProps) {
  const { id, name } = candidate
  const { chosen, most, put, drag } = ranking
  const place = Math.min(chosen.length, most - 1)
  return (
    <li data-row data-dragged={drag.dragged === at || undefined} style={{ translate: `0 ${drag.shift(at)}px` }}>
      <div>
        <span className={marking['grip']} aria-hidden {...drag.handle(at)}>
          <Icon name="menu" />
        </span>
        <PlaceNumber candidate={candidate} ranking={ranking} />
        <button
          type="button"
          className={marking['add']}
          data-focus={`add:${id}`}
          onClick={() => put(id, place, 'next')}
        >
          <span>{name}</span> <small>{t('rank.as', { place: place + 1 })}</small>
        </button>
      </div>
      <Statement candidate={candidate} />
    </li>
  )
}

/** Answers what gives the focus to a control that moves to another list as it is used. */
function useFocusAfter(list: { readonly current: HTMLElement | null }) {
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    if (!wanted.current) return
    list.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(wanted.current)}"]`)?.focus()
    wanted.current = undefined
  })
  return (name: string | undefined) => {
    wanted.current = name
  }
}

/** An order, by dragging, by number, by tapping one after the other, or with arrow keys: all are the same order. */
export function RankMarks({ contest, mark, onMark, tell, labelledBy }: MarkingProps) {
  const list = useRef<HTMLDivElement>(null)
  const focusOn = useFocusAfter(list)
  const [hint, yours, rest] = [useId(), useId(), useId()]
  const { chosen } = mark
  const most = mostOf(contest)
  const unranked = contest.candidates.filter(({ id }) => !chosen.includes(id))
  const put: Ranking['put'] = (id, place, then) => {
    const next = rank(contest, mark, id, place)
    const name = nameOf(contest, id)
    const at = next.chosen.indexOf(id) + 1
    const out = chosen.find((one) => one !== id && !next.chosen.includes(one))
    const left = unranked.filter((one) => one.id !== id)
    if (then === 'next') focusOn(left[0] ? `add:${left[0].id}` : `move:${id}`)
    else focusOn(then && `${then}:${id}`)
    onMark(next)
    if (!at) tell(t('rank.isOut', { name }))
    else if (out) tell(t('rank.pushedOut', { name, place: at, other: nameOf(contest, out), count: most }))
    else tell(t('rank.isNow', { name, place: at, count: next.chosen.length }))
  }
  // The heading between the two lists is dragged past, too: whatever lands behind it is not ranked.
  const order = [...chosen, '', ...unranked.map(({ id }) => id)]
  const drag = useDrag(list, (from, to) => {
    const id = order[from]
    if (!id) return
    const moved = order.toSpliced(from, 1).toSpliced(to, 0, id)
    const place = moved.indexOf(id)
    const isRanked = place < moved.indexOf('')
    if (isRanked || chosen.includes(id)) put(id, isRanked ? place : undefined)
  })
  const ranking = { put, drag, chosen, most }
  return (
    <div ref={list} className={marking['ranking']} role="group" aria-labelledby={labelledBy}>
      <p id={hint} hidden>
        {t('rank.how')}
      </p>
      <h3 id={yours}>{t('rank.yours')}</h3>
      {chosen.length ? null : <p className={marking['drop']}>{t('rank.none')}</p>}
      <ol className={marking['cards']} aria-labelledby={yours}>
        {chosen.map((id, at) => {
          const candidate = contest.candidates.find((one) => one.id === id)
          return candidate ? <Ranked key={id} candidate={candidate} ranking={ranking} at={at} hint={hint} /> : null
        })}
      </ol>
      <h3 id={rest} data-row style={{ translate: `0 ${drag.shift(chosen.length)}px` }}>
        {t('rank.rest')}
      </h3>
      {unranked.length ? null : <p className={classes['quiet']}>{t('rank.allRanked')}</p>}
      <ul className={marking['cards']} aria-labelledby={rest}>
        {unranked.map((candidate, index) => (
          <Unranked key={candidate.id} candidate={candidate} ranking={ranking} at={chosen.length + 1 + index} />
        ))}
      </ul>
    </div>
  )
}
