import { type Change, defineWriting, type FieldError, say } from '@commonhall/kernel'
import { proposal } from '../resources/proposal.ts'

const fault = (path: string, code: string): FieldError => ({
  path,
  code,
  message: say(`governance:proposal.${code}`),
})

/** Days that cannot be: a vote that ends before it begins, or that would have opened already. */
export function faultsOfDays({ was, next }: Change<typeof proposal>, now: string): FieldError[] {
  const { opens_at, closes_at } = next
  const moved = opens_at !== (was?.opens_at ?? null)
  return [
    ...(opens_at !== null && closes_at !== null && closes_at <= opens_at ? [fault('closes_at', 'ends_first')] : []),
    ...(opens_at !== null && closes_at === null ? [fault('closes_at', 'no_end')] : []),
    ...(moved && opens_at !== null && opens_at <= now ? [fault('opens_at', 'opens_past')] : []),
  ]
}

/** Every proposal is looked at before it is written. What is voted on stays as it is: that is the database's to say. */
export const proposalWriting = defineWriting(proposal, (ctx, changes) => {
  const now = new Date().toISOString()
  return Promise.resolve(
    changes.map((change) => {
      const errors = ctx.actor.kind === 'system' ? [] : faultsOfDays(change, now)
      return errors.length ? { errors } : {}
    }),
  )
})
