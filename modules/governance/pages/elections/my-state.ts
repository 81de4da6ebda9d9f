import { t } from './t.ts'

/** A place on the roll that somebody votes for: as a member, or for a unit. */
export interface Place {
  readonly voter: string | null
  readonly name: string
  readonly eligible: boolean
  /** Why not, in words. */
  readonly sentence?: string | null
  readonly taken: 'none' | 'online' | 'paper' | 'challenged'
}

export interface Standing {
  /** The roll is not fixed yet: this is how it would be. */
  readonly provisional: boolean
  readonly eligible: boolean
  readonly sentence: string
  readonly rows: readonly Place[]
}

export interface MyState {
  readonly text: string
  readonly tone: 'good' | 'warn' | 'new' | 'idle'
  readonly canVote: boolean
}

interface Days {
  readonly opens?: string | undefined
  readonly closes?: string | undefined
}

const said = (text: string, tone: MyState['tone'], canVote = false): MyState => ({ text, tone, canVote })

const afterTaking = {
  none: () => said('', 'idle'),
  online: () => said(t('elections.mine.voted'), 'good'),
  paper: () => said(t('elections.mine.votedPaper'), 'good'),
  challenged: () => said(t('elections.mine.challenged'), 'warn'),
}

function whileOpen(entitled: readonly Place[], { closes }: Days): MyState {
  const left = entitled.filter(({ taken }) => taken === 'none')
  if (!left.length) return afterTaking[entitled[0]?.taken ?? 'none']()
  if (!closes) return said(t('elections.mine.canVote'), 'new', true)
  // Who votes for several units is told which are left.
  return entitled.length > 1
    ? said(
        t('elections.mine.canVoteFor', { when: closes, names: left.map(({ name }) => name).join(', ') }),
        'new',
        true,
      )
    : said(t('elections.mine.canVoteUntil', { when: closes }), 'new', true)
}

/** Whether one may vote, has voted, or why not, in a sentence. The days come in words. */
export function myState(state: string, standing: Standing, days: Days = {}): MyState | undefined {
  const entitled = standing.rows.filter(({ eligible }) => eligible)
  const isOver = ['counting', 'certified', 'contested'].includes(state)
  if (state === 'withdrawn' || (isOver && !entitled.length)) return undefined
  if (isOver)
    return entitled.some(({ taken }) => taken !== 'none')
      ? said(t('elections.mine.voted'), 'good')
      : said(t('elections.mine.didNot'), 'idle')
  if (entitled.length && state === 'voting') return whileOpen(entitled, days)
  if (standing.eligible)
    return said(
      days.opens ? t('elections.mine.willVoteFrom', { when: days.opens }) : t('elections.mine.willVote'),
      'idle',
    )
  return said(standing.sentence || t('elections.mine.mayNotPlain'), 'idle')
}
