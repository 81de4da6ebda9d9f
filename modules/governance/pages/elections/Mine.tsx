import { formatInstant, Icon, type Row, State, useCatalog, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import classes from './elections.module.css'
import { type MyState, myState } from './my-state.ts'
import { standingQuery } from './queries.tsx'

const dated = (value: unknown) => (value ? formatInstant(String(value)) : undefined)

/** Drafts have no electorate yet, and what was withdrawn has none any more. */
const hasElectorate = (row: Row) => !['draft', 'withdrawn'].includes(String(row['state']))

/** Whether I may vote in an election, have voted, or why not. */
export function useMine(row: Row): MyState | undefined {
  const { actor, resources } = useCatalog()
  // An officer who is no member runs elections, and is not told each time that they may not vote.
  const isStranger = !actor.own_record && resources['governance.election']?.permissions.create === true
  const { data } = useQuery({
    ...standingQuery(useOrg(), row.id),
    enabled: hasElectorate(row) && !isStranger,
  })
  if (!data || !hasElectorate(row)) return undefined
  return myState(String(row['state']), data, { opens: dated(row['opens_at']), closes: dated(row['closes_at']) })
}

/** The same as a line in a list. */
export const MineLine = ({ mine }: { mine: MyState | undefined }) =>
  mine?.text ? (
    <p>
      {mine.tone === 'good' ? (
        <span className={classes['done']}>
          <Icon name="check" size={15} /> {mine.text}
        </span>
      ) : mine.tone === 'idle' ? (
        <span data-quiet>{mine.text}</span>
      ) : (
        <State tone={mine.tone}>{mine.text}</State>
      )}
    </p>
  ) : null
