import { defineWriting, say } from '@commonhall/kernel'
import { ruleSet } from '../resources/rule-set.ts'
import { faultsOfRules } from './faults.ts'

/** Rules are looked at before they are written: what they say can be carried out, and decided by. */
export const ruleSetWriting = defineWriting(ruleSet, (_ctx, changes) =>
  Promise.resolve(
    changes.map(({ next }) => {
      const errors = faultsOfRules(next).map(({ path, code }) => ({
        path,
        code,
        message: say(`governance:rule_set.${code}`),
      }))
      return errors.length ? { errors } : {}
    }),
  ),
)
