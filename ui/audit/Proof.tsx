import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, formatInstant } from '../fields/format.ts'
import { Ago } from '../parts/Ago.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { useCatalog, useOrg } from '../wire/catalog.ts'
import { call } from '../wire/http.ts'
import classes from './audit.module.css'
import { Witnesses } from './Witnesses.tsx'

interface Heads {
  readonly data: readonly {
    readonly n: number
    readonly hash: string
    readonly entries: number
    readonly published_at: string
  }[]
  readonly covered: string | null
}

/** So many of the published heads are shown; the API has the others. */
const mostShown = 5

/** The published heads of the chain, and how to check with one of them. */
export function Proof({ isOpen = false }: { isOpen?: boolean }) {
  const org = useOrg()
  // Whoever else may name them does so over the API: asking the server whether one may would be an attempt.
  const isAdmin = useCatalog().actor.roles.includes('admin')
  const [opened, setOpened] = useState(isOpen)
  const { data, error, refetch } = useQuery({
    queryKey: ['org', org, 'audit-heads'],
    queryFn: ({ signal }) => call<Heads>('GET', `/orgs/${org}/audit/heads`, { signal }),
    enabled: opened,
  })
  const [last] = data?.data ?? []
  return (
    <details className={classes['proof']} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('audit.proof')}</summary>
      <p>{t('audit.proofText')}</p>
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data?.covered ? (
        <p data-quiet>
          {t('audit.covered')} <Ago at={data.covered} />.
        </p>
      ) : null}
      {data && !last ? <p data-quiet>{t('audit.noHeads')}</p> : null}
      {last ? (
        <>
          <ScrollRegion label={t('audit.headsTitle')} className={classes['heads']}>
            <table>
              <caption>{t('audit.headsTitle')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('audit.headNumber')}</th>
                  <th scope="col">{t('audit.headHash')}</th>
                  <th scope="col">{t('audit.headEntries')}</th>
                  <th scope="col">{t('audit.headAt')}</th>
                </tr>
              </thead>
              <tbody>
                {data?.data.slice(0, mostShown).map(({ n, hash, entries, published_at }) => (
                  <tr key={n}>
                    <td>{formatCount(n)}</td>
                    <td>
                      <code>{hash}</code>
                    </td>
                    <td>{formatCount(entries)}</td>
                    <td>{formatInstant(published_at)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          <p>
            {t('audit.proofCommand')} <code>{t('audit.proofLine', { org, n: last.n, hash: last.hash })}</code>
          </p>
        </>
      ) : null}
      {opened && isAdmin ? <Witnesses /> : null}
    </details>
  )
}
