import { useQuery } from '@tanstack/react-query'
import { t } from '../say.ts'
import { call } from '../wire/http.ts'
import type { ChangePage, Row } from '../wire/records.ts'

/** Who made a record what it is now. */
export function useLastEditor(org: string, path: string, { id, version }: Pick<Row, 'id' | 'version'>): string {
  const { data } = useQuery({
    queryKey: ['org', org, 'last-change', id, version],
    queryFn: () => call<ChangePage>('GET', `/orgs/${org}/${path}/${id}/history`, { query: { limit: 1 } }),
  })
  return data?.data[0]?.actor_name ?? t('conflict.somebody')
}
