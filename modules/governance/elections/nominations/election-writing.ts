import { type Change, defineWriting, type FieldError, say } from '@commonhall/kernel'
import { election } from '../../resources/election.ts'

type Dates = Pick<Change<typeof election>['next'], 'nominations_until_at' | 'opens_at' | 'closes_at'>

const fault = (path: string, code: string): FieldError => ({ path, code, message: say(`governance:dates.${code}`) })
const isBefore = (one: string | null, other: string | null) =>
  one === null || other === null || Date.parse(one) < Date.parse(other)

/** Dates that are not one after the other: nominations close, voting opens, voting closes. */
export function faultsOfDates({ nominations_until_at: until, opens_at: opens, closes_at: closes }: Dates) {
  const errors: FieldError[] = []
  if (!isBefore(opens, closes)) errors.push(fault('closes_at', 'closes_before'))
  if (!isBefore(until, opens)) errors.push(fault('nominations_until_at', 'nominations_after'))
  return errors
}

/** The days of an election follow one another. */
export const electionWriting = defineWriting(election, (_ctx, changes) =>
  Promise.resolve(
    changes.map(({ next }) => {
      const errors = faultsOfDates(next)
      return errors.length ? { errors } : {}
    }),
  ),
)
