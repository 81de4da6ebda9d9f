import { Button } from '@mantine/core'
import { Empty, links, useOrg } from '@commonhall/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { BallotPage } from '../voting/ballot-page.ts'
import classes from './booth.module.css'
import { Casting } from './Casting.tsx'
import { ContestStep } from './ContestStep.tsx'
import { isBlank, markOf, type Marks } from './marks.ts'
import { type Held, isOpen } from './Papers.tsx'
import { Receipt } from './Receipt.tsx'
import { Review } from './Review.tsx'
import { t } from './t.ts'
import { useCasting } from './use-casting.tsx'
import { useMarks } from './use-marks.tsx'
import { boothOf, keptQuery } from './wire.tsx'

/** Which step of the ballot the address is at: from 0; as many as there are contests is the review. */
function useStep(page: BallotPage) {
  const org = useOrg()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, string>
  const last = page.contests.length
  const at = search['step'] === 'review' ? last : Math.min(Math.max(1, Number(search['step']) || 1), last) - 1
  const go = (index: number) => {
    const step = index >= last ? 'review' : `${index + 1}`
    void navigate(links.page(org, `elections/${page.election}/ballot`, { ...search, step }))
  }
  return { at, go }
}

interface ProgressProps {
  readonly page: BallotPage
  readonly marks: Marks
  readonly at: number
  readonly onGo: (index: number) => void
}

/** Every contest as a piece of a bar: where one is, and what is marked. */
function Progress({ page: { contests }, marks, at, onGo }: ProgressProps) {
  return (
    <nav aria-label={t('progress')} className={classes['segments']}>
      <ol>
        {[...contests, undefined].map((contest, index) => (
          <li key={contest?.id ?? 'review'} data-marked={(contest && !isBlank(markOf(marks, contest))) || undefined}>
            <button
              type="button"
              aria-current={index === at ? 'step' : undefined}
              aria-label={contest?.name ?? t('toReview')}
              onClick={() => onGo(index)}
            >
              <span />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Marking, contest after contest, and the look at all of it. */
function Marking({ page, voter, onCast }: { page: BallotPage; voter: string; onCast: (marks: Marks) => void }) {
  const { marks, mark } = useMarks(page, voter)
  const { at, go } = useStep(page)
  const contest = page.contests[at]
  const count = page.contests.length
  return (
    <>
      <Progress page={page} marks={marks} at={at} onGo={go} />
      {contest ? (
        <ContestStep
          key={contest.id}
          contest={contest}
          mark={markOf(marks, contest)}
          onMark={(next) => mark(contest, next)}
          place={t('of', { number: at + 1, count })}
        >
          {at ? (
            <Button variant="default" size="md" onClick={() => go(at - 1)}>
              {t('back')}
            </Button>
          ) : null}
          <Button size="md" onClick={() => go(at + 1)}>
            {t(at + 1 < count ? 'next' : 'check')}
          </Button>
        </ContestStep>
      ) : (
        <Review page={page} marks={marks} onChange={go} onCast={() => onCast(marks)} />
      )}
      <p className={classes['private']}>{t('private')}</p>
    </>
  )
}

/** A ballot that was sealed here before and has not arrived, as far as this device knows. */
const Waiting = ({ onGo }: { onGo: () => void }) => (
  <section className={classes['step']} aria-labelledby="waiting">
    <h2 id="waiting">{t('casting.waiting')}</h2>
    <p>{t('casting.waitingText')}</p>
    <div>
      <Button size="md" onClick={onGo}>
        {t('casting.goOn')}
      </Button>
    </div>
  </section>
)

/** Nothing can be done with a paper here: why. */
function Shut({ held: { paper } }: { held: Held }) {
  const isTaken = paper.taken !== 'none'
  const done = paper.taken === 'online' ? `${t('doneText', { name: paper.name })} ${t('doneOther')}` : undefined
  const title = t(isTaken ? 'done' : 'gate.notOnRoll')
  return <Empty icon={isTaken ? 'check' : 'user'} title={title} text={done ?? paper.why_not ?? ''} isSmall />
}

interface VotingProps {
  readonly page: BallotPage
  readonly held: Held
  /** Beneath the receipt: whose ballots are left. */
  readonly children?: ReactNode
}

/** One ballot from the first mark to its receipt. */
export function Voting({ page, held, children }: VotingProps) {
  const { voter } = held.paper
  const org = useOrg()
  const client = useQueryClient()
  const { marks, wipe } = useMarks(page, voter)
  const casting = useCasting(page, voter, wipe)
  const current = held.kept
  const remove = async () => {
    await (await boothOf(org)).forget(page, voter)
    void client.invalidateQueries({ queryKey: keptQuery(org, page, voter).queryKey })
  }
  if (current?.stage === 'cast' && current.receipt) {
    const [isHere, isOther] = [casting.isCast, casting.isResumed && !casting.wasLost]
    const note = isOther ? t('receipt.resumed') : isHere ? undefined : t('receipt.elsewhere')
    return (
      <Receipt
        receipt={current.receipt}
        election={{ id: page.election, name: page.name }}
        note={note}
        onRemove={() => void remove()}
      >
        {children}
      </Receipt>
    )
  }
  const isSealed = current?.stage === 'sealed'
  if (casting.isBusy || casting.problem)
    return (
      <Casting
        step={casting.step}
        problem={casting.isBusy ? undefined : casting.problem}
        isLost={casting.isLost}
        onAgain={casting.isFinal ? undefined : () => casting.cast(marks)}
        onBack={isSealed && casting.isLost ? undefined : casting.reset}
      />
    )
  if (isSealed) return <Waiting onGo={() => casting.cast(marks)} />
  if (!isOpen(held)) return <Shut held={held} />
  return <Marking page={page} voter={voter} onCast={casting.cast} />
}
