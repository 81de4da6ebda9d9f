import { Button } from '@mantine/core'
import { type KnownResource, links, resourceByPath, type Row, Trouble, useCatalog, useOrg, Value } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import classes from '../proposals.module.css'
import talk from '../talk.module.css'
import { amendmentsQuery, nameOf, revisionsQuery, rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { Changes } from '../text/Changes.tsx'
import { AmendmentActs } from './AmendmentActs.tsx'

interface LineProps {
  readonly resource: KnownResource
  readonly amendment: Row
  readonly proposal: Row
  /** The text that it was made to. */
  readonly base: string
}

function AmendmentLine({ resource, amendment, proposal, base }: LineProps) {
  const isOpen = amendment['state'] === 'open'
  const [isShown, setShown] = useState(isOpen)
  const made = Number(amendment['of_version'])
  const now = Number(proposal['text_version'])
  const state = resource.fields['state']
  const name = nameOf(amendment, 'author', 'proposed_by', t('somebody'))
  return (
    <li className={talk['amendment']}>
      <header>
        <h3>{String(amendment['summary'])}</h3>
        {state ? <Value field={state} name="state" row={amendment} module={resource.module} /> : null}
      </header>
      <p className={classes['byline']} data-byline>
        {t('amendments.by', { name, version: made })}
      </p>
      {amendment['reason'] ? <p>{t('amendments.because', { reason: amendment['reason'] })}</p> : null}
      {isOpen && made !== now ? <p className={talk['warn']}>{t('amendments.older', { made, now })}</p> : null}
      <details open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
        <summary>{t('amendments.differs')}</summary>
        {isShown ? <Changes from={isOpen ? String(proposal['text']) : base} to={String(amendment['text'])} /> : null}
      </details>
      <AmendmentActs amendment={amendment} proposal={proposal} />
    </li>
  )
}

/** How others would have it read, and what became of that. */
export function Amendments({ row }: { row: Row }) {
  const org = useOrg()
  const resource = resourceByPath(useCatalog(), 'amendments')
  const amendments = useInfiniteQuery(amendmentsQuery(org, row.id))
  const revisions = useInfiniteQuery(revisionsQuery(org, row.id))
  const isOpen = row['state'] === 'discussion'
  const known = rowsOf(amendments.data).toSorted(
    (one, other) => Number(other['state'] === 'open') - Number(one['state'] === 'open'),
  )
  const baseOf = ({ of_version: made }: Row) =>
    rowsOf(revisions.data).find((one) => one['number'] === made)?.['text'] ?? row['text']
  if (!resource || (!isOpen && !known.length)) return null
  return (
    <section className={classes['section']} aria-labelledby="amendments">
      <header>
        <h2 id="amendments">
          {t('amendments.title')} {known.length ? <span data-quiet>{known.length}</span> : null}
        </h2>
        {isOpen && resource.permissions.create === true ? (
          <Button
            variant="default"
            size="compact-md"
            renderRoot={(props) => <Link {...links.page(org, `proposals/${row.id}/amend`)} {...props} />}
          >
            {t('amendments.propose')}
          </Button>
        ) : null}
      </header>
      {amendments.error ? <Trouble failure={amendments.error} onRetry={() => void amendments.refetch()} /> : null}
      {amendments.isSuccess && !known.length ? <p className={classes['quiet']}>{t('amendments.none')}</p> : null}
      <ul className={classes['list']}>
        {known.map((one) => (
          <AmendmentLine
            key={`${one.id} ${String(one['state'])}`}
            resource={resource}
            amendment={one}
            proposal={row}
            base={String(baseOf(one))}
          />
        ))}
      </ul>
    </section>
  )
}
