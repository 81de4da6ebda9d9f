import { NativeSelect, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { formatDate, Icon, LoadMore, State, Trouble, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import classes from '../elections.module.css'
import own from '../office/office.module.css'
import { t } from '../t.ts'
import type { RollLine } from '../wire.ts'
import { LineActs } from './LineActs.tsx'
import { filters, type RollFilter, rollQuery } from './roll-query.tsx'

const ballotTones = { none: 'idle', online: 'good', paper: 'good', challenged: 'warn' } as const
const noticeTones = { missing: 'warn', sent: 'new', failed: 'bad', proven: 'good' } as const

/** What officers need to do something about a line. */
export interface Doing {
  /** The state of the election. */
  readonly state: string
  readonly onNotify: (line: RollLine) => void
}

interface LineProps {
  readonly line: RollLine
  readonly doing: Doing | undefined
}

function Line({ line, doing }: LineProps) {
  // That somebody was not told is worth a word while they still can be.
  const isBefore = doing?.state === 'published'
  return (
    <li data-out={line.eligible ? undefined : true}>
      <span>
        <b>{line.name}</b>
        {line.eligible ? null : <small>{line.sentence ?? t('elections.mine.mayNotPlain')}</small>}
        {line.challenge ? <small>{t('office.roll.isChallenged', { reason: line.challenge })}</small> : null}
        {line.told_on && line.eligible ? <small data-notice>{formatDate(line.told_on)}</small> : null}
      </span>
      <span data-notice>
        {line.eligible && (isBefore || line.notice !== 'missing') ? (
          <State tone={noticeTones[line.notice]}>{t(`office.roll.notice.${line.notice}`)}</State>
        ) : null}
      </span>
      <span>
        {line.eligible || line.taken !== 'none' ? (
          <State tone={ballotTones[line.taken]}>{t(`office.roll.ballot.${line.taken}`)}</State>
        ) : null}
      </span>
      <span>{doing ? <LineActs line={line} {...doing} /> : null}</span>
    </li>
  )
}

interface RollListProps {
  readonly election: string
  /** For those who run the election; whoever watches it only reads. */
  readonly doing?: Doing
  /** Where there is no roll at all. */
  readonly children?: ReactNode
}

/** Who may vote, who may not and why, who was told, and who has voted; searched and narrowed. */
export function RollList({ election, doing, children }: RollListProps) {
  const [typed, setTyped] = useState('')
  const [words] = useDebouncedValue(typed.trim(), 180)
  const [filter, setFilter] = useState<RollFilter>('all')
  const answer = useInfiniteQuery(rollQuery(useOrg(), election, filter, words))
  const lines = answer.data?.pages.flatMap(({ data }) => data) ?? []
  const isAll = filter === 'all' && !words
  if (answer.error) return <Trouble failure={answer.error} onRetry={() => void answer.refetch()} />
  if (answer.isSuccess && isAll && !lines.length) return children
  return (
    <>
      <div className={own['tools']}>
        <TextInput
          type="search"
          aria-label={t('office.roll.search')}
          placeholder={t('office.roll.search')}
          leftSection={<Icon name="search" size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('office.roll.filter')}
          data={filters.map((value) => ({ value, label: t(`office.roll.filters.${value}`) }))}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value as RollFilter)}
        />
      </div>
      {answer.isPending ? <Skeleton height={160} /> : null}
      {answer.isSuccess && !lines.length ? <p className={classes['quiet']}>{t('office.roll.nobody')}</p> : null}
      <ul className={own['rows']} aria-label={t('office.roll.title')}>
        {lines.map((line) => (
          <Line key={line.id} line={line} doing={doing} />
        ))}
      </ul>
      {lines.length ? (
        <LoadMore answer={answer} shown={lines.length} total={undefined} plural={t('office.roll.shown')} />
      ) : null}
    </>
  )
}
