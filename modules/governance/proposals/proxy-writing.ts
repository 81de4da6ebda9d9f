import { defineWriting, say } from '@commonhall/kernel'
import { proxy } from '../resources/proxy.ts'

/** A proxy is somebody's written word: for one vote, to another, on a day that has come. */
export const proxyWriting = defineWriting(proxy, ({ today }, changes) =>
  Promise.resolve(
    changes.map(({ next }) => {
      const { giver, holder, proposal, election, written_on } = next
      const codes = [
        ...((proposal === null) === (election === null) ? [['proposal', 'one_of'] as const] : []),
        ...(giver === holder ? [['holder', 'self'] as const] : []),
        ...(written_on > today ? [['written_on', 'in_future'] as const] : []),
      ]
      const errors = codes.map(([path, code]) => ({ path, code, message: say(`governance:proxy.${code}`) }))
      return errors.length ? { errors } : {}
    }),
  ),
)
