import { listQuery, recordQuery, type Row, useOrg, type Values } from '@commonhall/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'

const isId = (value: unknown): value is string => typeof value === 'string' && value.length === 36

function useRecord(path: string, id: unknown): Row | undefined {
  const { data } = useQuery({ ...recordQuery(useOrg(), path, String(id)), enabled: isId(id) })
  return isId(id) ? data : undefined
}

function useRows(path: string, query: Readonly<Record<string, string>>, isAsked: boolean): readonly Row[] | undefined {
  const { data } = useInfiniteQuery({ ...listQuery(useOrg(), path, query, 100), enabled: isAsked })
  return isAsked ? data?.pages[0]?.data : undefined
}

/** All that a new assignment depends on, as far as it is chosen. */
export function useKnown(values: Values) {
  const { program, contractor, project, member } = values
  const classification = String(values['classification'] ?? '').trim()
  const known = {
    program: useRecord('programs', program),
    contractor: useRecord('contractors', contractor),
    project: useRecord('projects', project),
  }
  const pair = { 'filter[member]': String(member), 'filter[contractor]': String(contractor) }
  return {
    ...known,
    classification,
    scales: useRows('scales', { sort: 'classification,-from_on' }, true),
    awardRates: useRows('award-rates', { 'filter[project]': String(project) }, isId(project)),
    others: useRows(
      'assignments',
      { ...pair, 'filter[program]': String(program) },
      isId(member) && isId(contractor) && isId(program),
    ),
  }
}

export type Known = ReturnType<typeof useKnown>
