import { type Change, defineWriting, type FieldError, say } from '@commonhall/kernel'
import { project } from '../resources/project.ts'

const given = ['award_hours', 'award_amount', 'award_expires_on'] as const

/** What an award gives is for those who decide, and so is a project that begins as decided, such as an old one. */
function faultsOf({ was, next }: Change<typeof project>): FieldError[] {
  const paths: string[] = given.filter((name) => next[name] !== (was?.[name] ?? null))
  if (!was && next.state !== null && next.state !== 'requested') paths.push('state')
  return paths.map((path) => ({ path, code: 'not_decided', message: say('market-recovery:project.not_decided') }))
}

/** Every project is looked at before it is written. */
export const projectWriting = defineWriting(project, ({ actor }, changes) => {
  const decides = actor.kind === 'system' || actor.permissions.has('market-recovery.project.decide')
  return Promise.resolve(
    changes.map((change) => {
      const errors = decides ? [] : faultsOf(change)
      return errors.length ? { errors } : {}
    }),
  )
})
