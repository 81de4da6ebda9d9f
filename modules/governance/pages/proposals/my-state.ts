import { t } from './t.ts'
import type { VotePage } from './wire.ts'

export interface MyState {
  readonly text: string
  readonly tone: 'good' | 'new' | 'idle'
  readonly canVote: boolean
}

/** What a roll call means for me, in one sentence; until when comes in words. */
export function myState(
  { state, mine, why_not }: Pick<VotePage, 'state' | 'mine' | 'why_not'>,
  until: string,
): MyState | undefined {
  const able = mine.filter(({ can }) => can)
  const cast = mine.filter(({ choice }) => choice)
  const [first] = cast
  const said = first?.choice ? t(`said.${first.choice}`) : ''
  if (state === 'decided') {
    if (!mine.length) return undefined
    if (!first) return { text: t('mine.didNot'), tone: 'idle', canVote: false }
    return { text: t('mine.voted', { choice: said }), tone: 'good', canVote: false }
  }
  if (state !== 'voting') return undefined
  if (!able.length) return why_not ? { text: why_not, tone: 'idle', canVote: false } : undefined
  const left = able.filter(({ choice }) => !choice)
  if (!left.length)
    return {
      text:
        cast.length === 1 && until
          ? t('mine.votedUntil', { choice: said, when: until })
          : t('mine.voted', { choice: said }),
      tone: 'good',
      canVote: false,
    }
  if (cast.length)
    return {
      text: t('mine.votedSome', { cast: cast.length, count: able.length, when: until }),
      tone: 'new',
      canVote: true,
    }
  return { text: until ? t('mine.canVoteUntil', { when: until }) : t('mine.canVote'), tone: 'new', canVote: true }
}
