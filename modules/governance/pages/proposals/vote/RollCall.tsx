import { say } from '@commonhall/kernel'
import { Chip, Group } from '@mantine/core'
import { call, formatCount, listQuery, LoadMore, type Row, Tick, Trouble, useCatalog, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../proposals.module.css'
import roll from '../roll.module.css'
import { isOffice } from '../queries.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import { type Choice, choices, type FrozenRules } from '../wire.ts'

const filters = ['cast', 'yes', 'no', 'abstain', 'missing', 'not_eligible', 'all'] as const
type Filter = (typeof filters)[number]

const asked: Readonly<Record<Filter, Readonly<Record<string, string | readonly string[]>>>> = {
  cast: { 'filter[choice]': choices },
  yes: { 'filter[choice]': 'yes' },
  no: { 'filter[choice]': 'no' },
  abstain: { 'filter[choice]': 'abstain' },
  missing: { 'filter[eligible]': 'true', 'filter[choice][empty]': 'true' },
  not_eligible: { 'filter[eligible]': 'false' },
  all: {},
}

/** Who is there counts toward the quorum where the rules say so: the office notes it. */
function Presence({ row, proposal }: { row: Row; proposal: Row }) {
  const org = useOrg()
  const { isBusy, run } = useDoing()
  const mark = (present: boolean) =>
    run(() => call('POST', `/orgs/${org}/proposals/${proposal.id}/presence`, { body: { vote: row.id, present } }), '')
  return (
    <Tick
      checked={row['present'] === true}
      disabled={isBusy}
      aria-label={t('roll.presentOf', { name: row['name'] })}
      onChange={(event) => void mark(event.currentTarget.checked)}
    />
  )
}

function How({ row, isOpen }: { row: Row; isOpen: boolean }) {
  const choice = row['choice'] as Choice | null
  const by = row.titles?.['cast_by']
  if (row['eligible'] === false)
    return (
      <span data-quiet>
        {say(`governance:why_not.${String(row['why_not'] ?? 'other')}`, { act: say('governance:may.vote') })}
      </span>
    )
  if (!choice) return <span data-quiet>{t(isOpen ? 'roll.notYet' : 'roll.didNot')}</span>
  return (
    <>
      <span className={roll['spoken']} data-choice={choice}>
        {t(`choice.${choice}`)}
      </span>
      {row['by_proxy'] ? <small>{by ? t('roll.proxy', { name: by }) : t('roll.proxyPlain')}</small> : null}
    </>
  )
}

interface RollProps {
  readonly row: Row
}

function Lines({ row, rows }: RollProps & { rows: readonly Row[] }) {
  const rules = (row['rules'] ?? {}) as FrozenRules
  const isOpen = row['state'] === 'voting'
  const isWeighted = rules.electorate === 'share'
  const mayMark = isOffice(useCatalog()) && isOpen
  return (
    <table className={roll['table']} aria-labelledby="roll">
      <thead>
        <tr>
          <th scope="col">{t('roll.name')}</th>
          <th scope="col">{t('roll.vote')}</th>
          {isWeighted ? (
            <th scope="col" data-align="end">
              {t('roll.shares')}
            </th>
          ) : null}
          {mayMark ? <th scope="col">{t('roll.present')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <th scope="row">{String(one['name'])}</th>
            <td>
              <How row={one} isOpen={isOpen} />
            </td>
            {isWeighted ? <td data-align="end">{formatCount(Number(one['weight']))}</td> : null}
            {mayMark ? <td>{one['eligible'] === false ? null : <Presence row={one} proposal={row} />}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Who voted how, by name. */
export function RollCall({ row }: RollProps) {
  const org = useOrg()
  const [filter, setFilter] = useState<Filter>('cast')
  const query = { 'filter[proposal]': row.id, ...asked[filter], sort: 'name' }
  const votes = useInfiniteQuery(listQuery(org, 'votes', query, 20))
  const rows = votes.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <section className={classes['section']} aria-labelledby="roll">
      <h2 id="roll">{t('roll.title')}</h2>
      <Chip.Group value={filter} onChange={setFilter}>
        <Group gap="xs" mb="sm" role="radiogroup" aria-label={t('roll.filter')}>
          {filters.map((one) => (
            <Chip key={one} value={one} size="sm" variant="outline">
              {t(`roll.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {votes.error ? <Trouble failure={votes.error} onRetry={() => void votes.refetch()} /> : null}
      {votes.isSuccess && !rows.length ? <p className={classes['quiet']}>{t('roll.none')}</p> : null}
      {rows.length ? <Lines row={row} rows={rows} /> : null}
      {rows.length ? (
        <LoadMore answer={votes} shown={rows.length} total={votes.data?.pages[0]?.total} plural={t('roll.word')} />
      ) : null}
    </section>
  )
}
