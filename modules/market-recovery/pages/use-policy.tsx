import { listQuery, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'

/** From how many percent of a budget on one wants to be warned, and the setting itself where there is one. */
export function usePolicy() {
  const { data } = useInfiniteQuery(listQuery(useOrg(), 'market-recovery-settings', {}, 1))
  const policy = data?.pages[0]?.data[0]
  return { policy, isKnown: data !== undefined, warnAt: String(policy?.['warn_at'] ?? '80') }
}
