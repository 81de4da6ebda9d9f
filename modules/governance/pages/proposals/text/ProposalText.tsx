import { Button, Select } from '@mantine/core'
import { formatInstant, type Row, Trouble, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../proposals.module.css'
import { nameOf, revisionsQuery, rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { Changes } from './Changes.tsx'

interface ComparingProps {
  readonly row: Row
  readonly revisions: readonly Row[]
}

/** Two versions side by side in one text: by default the last change. */
function Comparing({ row, revisions }: ComparingProps) {
  const current = Number(row['text_version'])
  const older = revisions.filter((one) => Number(one['number']) !== current)
  const [chosen, setChosen] = useState<string | null>(older[0]?.id ?? null)
  const from = older.find(({ id }) => id === chosen)
  if (!from) return <p className={classes['quiet']}>{t('text.only')}</p>
  const options = older.map((one) => ({
    value: one.id,
    label:
      t('text.versionOf', { number: one['number'], when: formatInstant(one.created_at) }) +
      (one['amendment'] ? `, ${t('text.amended')}` : ''),
  }))
  return (
    <>
      <Select
        id="compare"
        label={t('text.changedFrom')}
        data={options}
        value={chosen}
        allowDeselect={false}
        maw="24rem"
        mb="sm"
        onChange={setChosen}
        comboboxProps={{ shadow: 'md', transitionProps: { duration: 80 }, withinPortal: false }}
      />
      <h3 className={classes['small']}>{t('text.changesOf', { from: from['number'], to: current })}</h3>
      {from['title'] === row['title'] ? null : (
        <p className={classes['quiet']}>
          {t('text.newTitle')}: <del>{String(from['title'])}</del> <ins>{String(row['title'])}</ins>
        </p>
      )}
      <Changes from={String(from['text'])} to={String(row['text'])} />
    </>
  )
}

/** What is proposed, as it stands now; and what changed between its versions. */
export function ProposalText({ row }: { row: Row }) {
  const org = useOrg()
  const revisions = useInfiniteQuery(revisionsQuery(org, row.id))
  const [isComparing, setComparing] = useState(false)
  const known = rowsOf(revisions.data)
  const hasVersions = known.some((one) => Number(one['number']) !== Number(row['text_version']))
  const author = nameOf(row, 'author', 'proposed_by', '')
  const told = [
    ...(author ? [t('text.ofAuthor', { name: author })] : []),
    ...(row['state'] === 'draft' ? [] : [t('text.version', { number: row['text_version'] })]),
  ]
  return (
    <section className={classes['section']} aria-labelledby="text">
      <header>
        <h2 id="text">{t('text.title')}</h2>
        {hasVersions ? (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isComparing}
            onClick={() => setComparing((before) => !before)}
          >
            {t(isComparing ? 'text.hide' : 'text.changed')}
          </Button>
        ) : null}
      </header>
      <p className={classes['byline']}>{told.join(' · ')}</p>
      {isComparing && revisions.error ? (
        <Trouble failure={revisions.error} onRetry={() => void revisions.refetch()} />
      ) : null}
      {isComparing && hasVersions ? (
        <Comparing row={row} revisions={known} />
      ) : (
        <div className={classes['prose']} data-prose>
          {String(row['text'])}
        </div>
      )}
    </section>
  )
}
