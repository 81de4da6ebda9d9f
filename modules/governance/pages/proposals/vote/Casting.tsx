import { call, formatInstant, Icon, type Row, toastFailure, useOrg } from '@commonhall/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import classes from '../proposals.module.css'
import box from './vote.module.css'
import { voteQuery } from '../queries.tsx'
import { t } from '../t.ts'
import { type Choice, choices, type FrozenRules, type MyVote, type VotePage } from '../wire.ts'

/** Whose vote it is, where that needs to be said. */
function whose(vote: MyVote, isAlone: boolean, { electorate }: FrozenRules): string | undefined {
  if (vote.by_proxy) return t('mine.byProxy', { name: vote.name })
  if (electorate === 'unit' || electorate === 'share') return t('mine.forUnit', { name: vote.name })
  return isAlone ? undefined : t('mine.own')
}

interface CastingProps {
  readonly row: Row
  readonly vote: MyVote
  readonly isAlone: boolean
}

/** Casts one vote; what is chosen shows at once, and goes back if it was refused. */
function useCast(row: Row, vote: MyVote) {
  const org = useOrg()
  const client = useQueryClient()
  const [going, setGoing] = useState<Choice>()
  const cast = async (choice: Choice) => {
    if (going || choice === vote.choice) return
    setGoing(choice)
    const { queryKey } = voteQuery(org, row)
    try {
      const body = { vote: vote.vote, choice }
      const page = await call<VotePage>('POST', `/orgs/${org}/proposals/${row.id}/vote`, { body })
      await client.cancelQueries({ queryKey })
      client.setQueryData(queryKey, page)
      void client.invalidateQueries({
        queryKey: ['org', org, 'list', 'votes'],
        predicate: (one) => one.queryKey[4] !== 'page',
      })
    } catch (failure) {
      toastFailure(failure)
      void client.invalidateQueries({ queryKey })
    } finally {
      setGoing(undefined)
    }
  }
  return { cast, going }
}

/** Yes, no or abstain: three buttons. Pressed again, another one changes the vote. */
function CastOne({ row, vote, isAlone }: CastingProps) {
  const id = useId()
  const { cast, going } = useCast(row, vote)
  const rules = (row['rules'] ?? {}) as FrozenRules
  const label = whose(vote, isAlone, rules)
  const shown = going ?? vote.choice
  const until = row['closes_at'] ? formatInstant(String(row['closes_at'])) : ''
  const asks = until ? t('mine.ask', { when: until }) : t('mine.askPlain')
  return (
    <div className={box['cast']}>
      {label ? (
        <h3 id={id}>
          {label}
          {rules.electorate === 'share' ? <span data-quiet> {t('mine.weight', { weight: vote.weight })}</span> : null}
        </h3>
      ) : null}
      {vote.can ? (
        <div
          className={box['choices']}
          role="group"
          {...(label ? { 'aria-labelledby': id } : { 'aria-label': t('mine.title') })}
          aria-describedby={`${id}-said`}
        >
          {choices.map((choice) => (
            <button
              key={choice}
              type="button"
              data-choice={choice}
              aria-pressed={shown === choice}
              aria-busy={going === choice}
              onClick={() => void cast(choice)}
            >
              <Icon name="check" size={18} />
              {t(`choice.${choice}`)}
            </button>
          ))}
        </div>
      ) : null}
      <p id={`${id}-said`} role="status" className={box['said']}>
        {vote.choice ? (
          <>
            <Icon name="check" size={16} />
            <span>
              {vote.can && until
                ? t('mine.votedUntil', { choice: t(`said.${vote.choice}`), when: until })
                : t('mine.votedPlain', { choice: t(`said.${vote.choice}`) })}
            </span>
          </>
        ) : (
          <span>{vote.can ? asks : vote.why_not}</span>
        )}
      </p>
      {vote.shared && vote.can ? <p className={classes['quiet']}>{t('mine.forShared')}</p> : null}
    </div>
  )
}

/** All votes that are mine to cast, or in words why there is none. */
export function Casting({ row, page }: { row: Row; page: VotePage }) {
  const isOpen = page.state === 'voting'
  const mine = isOpen ? page.mine : page.mine.filter(({ choice }) => choice)
  if (!isOpen && !mine.length) return null
  return (
    <section
      className={classes['note']}
      data-tone={mine.some(({ can, choice }) => can && !choice) ? 'new' : undefined}
      aria-labelledby="mine"
    >
      <h2 id="mine">{mine.length ? t('mine.title') : t('mine.why')}</h2>
      {mine.length ? null : <p>{page.why_not}</p>}
      {mine.map((vote) => (
        <CastOne key={vote.vote} row={row} vote={vote} isAlone={mine.length === 1} />
      ))}
      {isOpen && mine.length ? <p className={classes['quiet']}>{t('mine.public')}</p> : null}
    </section>
  )
}
