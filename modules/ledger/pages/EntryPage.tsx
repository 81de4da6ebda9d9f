import { Skeleton } from '@mantine/core'
import { type Decimal, decimal, sumOf, toCents, zero } from '@commonhall/kernel'
import {
  formatDecimal,
  type KnownResource,
  links,
  listQuery,
  RecordPage,
  resourceByPath,
  type Row,
  ScrollRegion,
  Trouble,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import classes from './ledger.module.css'
import { Reverse, useReversal } from './Reverse.tsx'
import { t } from './t.ts'

/** That it was taken back, and by what. */
function TakenBack({ row }: { row: Row }) {
  const org = useOrg()
  const back = useReversal(row)
  if (!back) return null
  return (
    <p role="note">
      <Link {...links.record(org, 'journal-entries', back.id)}>{t('reversed', { number: back['number'] })}</Link>
    </p>
  )
}

const spoken = (amount: Decimal) => formatDecimal({ kind: 'money' }, toCents(amount.abs()))

const side = (lines: readonly Row[], sign: 1 | -1) => {
  const amounts = lines.map((line) => decimal(String(line['amount']))).filter((one) => one.cmp(zero) === sign)
  return spoken(sumOf(amounts))
}

const amountOf = (line: Row, sign: 1 | -1) => {
  const amount = decimal(String(line['amount']))
  return amount.cmp(zero) === sign ? spoken(amount) : ''
}

function LineRow({ line }: { line: Row }) {
  const org = useOrg()
  return (
    <tr>
      <td>
        <Link {...links.record(org, 'ledger-accounts', String(line['account']))}>{line.titles?.['account']}</Link>
      </td>
      <td>{[line['payee'], line['memo']].filter(Boolean).join(' · ')}</td>
      <td>{amountOf(line, 1)}</td>
      <td>{amountOf(line, -1)}</td>
    </tr>
  )
}

/** What stands on which side, as bookkeepers read it. */
function Lines({ row }: { row: Row }) {
  const org = useOrg()
  const isKnown = !!resourceByPath(useCatalog(), 'journal-lines')
  const query = listQuery(org, 'journal-lines', { 'filter[entry]': row.id, sort: 'position' }, 200)
  const answer = useInfiniteQuery({ ...query, enabled: isKnown })
  const lines = answer.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <div className={classes['lines']}>
      <h2 id="lines">{t('lines')}</h2>
      {answer.error ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={120} /> : null}
      {lines.length ? (
        <ScrollRegion labelledBy="lines">
          <table>
            <thead>
              <tr>
                {(['account', 'payee', 'debit', 'credit'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <LineRow key={line.id} line={line} />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>
                  {t('total')}
                </th>
                <td>{side(lines, 1)}</td>
                <td>{side(lines, -1)}</td>
              </tr>
            </tfoot>
          </table>
        </ScrollRegion>
      ) : null}
      <p className={classes['quiet']}>{t('isKept')}</p>
    </div>
  )
}

/** An entry: its lines on their sides, and taking it back. */
export default function EntryPage({ resource }: { resource: KnownResource }) {
  return (
    <RecordPage
      resource={resource}
      Above={TakenBack}
      Below={Lines}
      Acts={Reverse}
      hides={['number', 'line_count', 'source_resource', 'source_record']}
      without={['ledger.line', 'ledger.entry']}
    />
  )
}
