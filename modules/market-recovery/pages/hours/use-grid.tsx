import { call, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import type { Grid } from './wire.ts'

/** Named as a list of hours, so that it is read anew when somebody else changes one. */
export const gridKey = (org: string, contractor: string, ending: string) =>
  ['org', org, 'list', 'hours', 'week', contractor, ending] as const

/** All assignments of a contractor in one week, with their hours. */
export function useGrid(contractor: string, ending: string) {
  const org = useOrg()
  return useQuery({
    queryKey: gridKey(org, contractor, ending),
    queryFn: ({ signal }) =>
      call<Grid>('GET', `/orgs/${org}/hours/weeks`, { query: { contractor, week_ending: ending }, signal }),
    enabled: Boolean(contractor && ending),
  })
}
