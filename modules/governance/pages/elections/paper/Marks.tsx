import { Checkbox, TextInput } from '@mantine/core'
import { type BallotContest, waysOfMarking } from '../../../ballots/ballot.ts'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import own from './paper.module.css'
import { isOver, type Typed } from './on-paper.ts'

interface MarksProps {
  readonly contest: BallotContest
  readonly typed: Typed
  readonly onType: (typed: Typed) => void
}

/** One contest of a paper: a mark, a rank or points for each name, typed as they stand there. */
export function Marks({ contest, typed, onType }: MarksProps) {
  const way = waysOfMarking(contest.method)
  const label = way === 'ranks' ? 'rankOf' : 'pointsOf'
  const set = (id: string, value: string) => onType({ ...typed, [id]: value })
  return (
    <fieldset className={own['contest']}>
      <legend>{contest.name}</legend>
      {contest.candidates.map(({ id, name }) =>
        way === 'choices' ? (
          <Checkbox
            key={id}
            label={name}
            checked={!!typed[id]}
            onChange={(event) => set(id, event.currentTarget.checked ? 'x' : '')}
          />
        ) : (
          <label key={id} className={own['typed']}>
            <TextInput
              inputMode="numeric"
              maxLength={4}
              aria-label={t(`paper.${label}`, { name })}
              value={typed[id] ?? ''}
              onChange={(event) => set(id, event.currentTarget.value.replaceAll(/\D/g, ''))}
            />
            <span aria-hidden>{name}</span>
          </label>
        ),
      )}
      {isOver(contest, typed) ? (
        <p className={classes['quiet']} role="status">
          {t('paper.tooMany')}
        </p>
      ) : null}
    </fieldset>
  )
}
