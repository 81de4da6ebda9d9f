import { type Sentence, t } from '../say.ts'
import type { Allowed } from '../wire/catalog.ts'
import type { Explanation } from '../wire/roles.ts'

/** Whether one may do something here; if not, which roles would let one. Unknown yet counts as not. */
export function mayI(
  me: Explanation | undefined,
  permission: string,
  sentence: Sentence = 'apiKeys.notYours',
): Allowed {
  const known = me?.modules
    .flatMap(({ things }) => things.flatMap(({ permissions }) => permissions))
    .find((one) => one.permission === permission)
  return known?.allowed === 'yes' ? true : t(sentence, { roles: known?.through.join(', ') ?? '' })
}
