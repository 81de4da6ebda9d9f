import { defineWriting, say } from '@commonhall/kernel'
import { project } from '../resources/project.ts'

/** A project that is entered as one that was decided, such as an old one, was decided by whoever enters it. */
export const projectWriting = defineWriting(project, ({ actor }, changes) => {
  const decides = actor.kind === 'system' || actor.permissions.has('market-recovery.project.decide')
  const message = say('market-recovery:project.not_decided')
  return Promise.resolve(
    changes.map(({ was, next: { state } }) =>
      was || decides || state === null || state === 'requested'
        ? {}
        : { errors: [{ path: 'state', code: 'not_decided', message }] },
    ),
  )
})
