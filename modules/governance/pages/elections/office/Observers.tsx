import { Button } from '@mantine/core'
import {
  ActDialog,
  call,
  createRecord,
  Icon,
  type KnownResource,
  links,
  listQuery,
  refresh,
  resourceByPath,
  type Row,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { field } from '@commonhall/kernel'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import classes from '../elections.module.css'
import { rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'

interface NameProps {
  readonly election: Row
  readonly resource: KnownResource
  readonly candidates: readonly Row[]
  readonly onClose: () => void
}

/** Somebody is named, for a candidate or for all. */
function NameObserver({ election, resource, candidates, onClose }: NameProps) {
  const org = useOrg()
  const standing = candidates.filter(({ state }) => state === 'accepted')
  const names = Object.fromEntries(standing.map(({ id, name }) => [id, String(name)]))
  const [first, ...others] = standing.map(({ id }) => id)
  const asks = {
    ...(resource.fields['member'] ? { member: resource.fields['member'] } : {}),
    ...(first
      ? {
          candidate: field.choice([first, ...others], {
            label: t('office.observers.whose'),
            names,
            help: t('office.observers.whoseHelp'),
          }),
        }
      : {}),
  }
  return (
    <ActDialog
      act={{ name: 'name', label: t('office.observers.add'), from: [], to: '', asks }}
      module={resource.module}
      onClose={onClose}
      onAct={async (asked) => {
        await createRecord(org, resource.path, { ...asked, election: election.id })
        void refresh(org)
      }}
    />
  )
}

function Observer({ row, onRemove }: { row: Row; onRemove: (row: Row, name: string) => Promise<void> }) {
  const name = row.titles?.['member'] ?? ''
  const whose = row.titles?.['candidate']
  return (
    <li>
      <span>
        <b>{name}</b>
        <small>{whose ? t('office.observers.for', { name: whose }) : t('office.observers.forAll')}</small>
      </span>
      {row.can?.['delete'] === true ? (
        <Button
          size="compact-md"
          variant="default"
          aria-label={t('office.observers.remove', { name })}
          onClick={() => void onRemove(row, name)}
        >
          {t('office.contests.remove')}
        </Button>
      ) : null}
    </li>
  )
}

/** Who watches the election, and for whom. */
export function Observers({ election, candidates }: { election: Row; candidates: readonly Row[] }) {
  const org = useOrg()
  const resource = resourceByPath(useCatalog(), 'observers')
  const { data } = useInfiniteQuery(listQuery(org, 'observers', { 'filter[election]': election.id }, 100))
  const { run } = useDoing()
  const [isNaming, setNaming] = useState(false)
  if (!resource) return null
  const rows = rowsOf(data)
  const remove = (row: Row, name: string) =>
    run(
      () => call('DELETE', `/orgs/${org}/observers/${row.id}`, { version: row.version }),
      t('office.observers.removed', { name }),
    )
  return (
    <section className={classes['section']} aria-labelledby="observers">
      <header>
        <h2 id="observers">{t('office.observers.title')}</h2>
        <Link {...links.page(org, `elections/${election.id}/watch`)}>{t('office.observers.see')}</Link>
        {resource.permissions.create === true ? (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<Icon name="plus" size={15} />}
            onClick={() => setNaming(true)}
          >
            {t('office.observers.add')}
          </Button>
        ) : null}
      </header>
      <p className={classes['quiet']}>{t(rows.length ? 'office.observers.text' : 'office.observers.none')}</p>
      <ul className={classes['candidates']}>
        {rows.map((row) => (
          <Observer key={row.id} row={row} onRemove={remove} />
        ))}
      </ul>
      {isNaming ? (
        <NameObserver
          election={election}
          resource={resource}
          candidates={candidates}
          onClose={() => setNaming(false)}
        />
      ) : null}
    </section>
  )
}
