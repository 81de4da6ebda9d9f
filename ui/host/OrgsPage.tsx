import { Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { formatChoice, formatCount, formatDate } from '../fields/format.ts'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { State } from '../parts/State.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import { type HostedOrg, hostedOrgsQuery } from '../wire/host.ts'
import classes from './host.module.css'
import { OrgMark } from './OrgMark.tsx'

const recordsOf = (org: HostedOrg) => org.records.reduce((sum, { count }) => sum + count, 0)
const modulesOf = (org: HostedOrg) => org.modules.map(({ label }) => label).join(', ') || t('host.noModules')

const OrgState = ({ org }: { org: HostedOrg }) => (
  <State tone={org.state === 'active' ? 'good' : 'warn'}>{t(`host.${org.state}`)}</State>
)

const Name = ({ org }: { org: HostedOrg }) => (
  <Link {...links.hostOrg(org.slug)} className={classes['name'] ?? ''}>
    <OrgMark name={org.name} accent={org.accent} />
    <span>
      <strong>{org.name}</strong>
      <span className={classes['small']}>{`${org.slug} · ${formatChoice(org.kind)}`}</span>
    </span>
  </Link>
)

const headings = ['organization', 'states', 'modules', 'people', 'records', 'lastAct', 'since'] as const
const atEnd = new Set<string>(['people', 'records'])

const OrgsTable = ({ rows }: { rows: readonly HostedOrg[] }) => (
  <ScrollRegion className={classes['scroll']} label={t('host.orgs')}>
    <table className={classes['table']}>
      <thead>
        <tr>
          {headings.map((name) => (
            <th key={name} scope="col" {...(atEnd.has(name) ? { 'data-end': true } : {})}>
              {t(`host.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((org) => (
          <tr key={org.slug} data-link>
            <th scope="row">
              <Name org={org} />
            </th>
            <td>
              <OrgState org={org} />
            </td>
            <td>{modulesOf(org)}</td>
            <td data-end>{formatCount(org.people)}</td>
            <td data-end>{org.counted_at ? formatCount(recordsOf(org)) : '–'}</td>
            <td data-whole>{org.last_act_at ? <Ago at={org.last_act_at} /> : t('host.never')}</td>
            <td data-whole>{formatDate(org.created_at.slice(0, 10))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollRegion>
)

const OrgCards = ({ rows }: { rows: readonly HostedOrg[] }) => (
  <ul className={classes['cards']}>
    {rows.map((org) => (
      <li key={org.slug}>
        <Name org={org} />
        <p>
          <OrgState org={org} />
          <span>{t('host.peopleOf', { count: org.people })}</span>
          {org.last_act_at ? <Ago at={org.last_act_at} /> : null}
        </p>
      </li>
    ))}
  </ul>
)

/** What is looked for, kept in the address so that it can be gone back to. */
function useLookedFor() {
  const { q = '', state = '' } = useSearch({ strict: false }) as { q?: string; state?: string }
  const navigate = useNavigate()
  const [words, setWords] = useState(q)
  const [settled] = useDebouncedValue(words.trim(), 200)
  useEffect(() => {
    if (settled !== q) void navigate({ ...links.host({ q: settled, state }), replace: true })
  }, [settled, q, state, navigate])
  const setState = (next: string) => void navigate({ ...links.host({ q, state: next }), replace: true })
  return { q, state, words, setWords, setState }
}

function Tools({ look }: { look: ReturnType<typeof useLookedFor> }) {
  return (
    <div className={classes['tools']}>
      <TextInput
        type="search"
        aria-label={t('host.search')}
        placeholder={t('host.search')}
        leftSection={<Icon name="search" size={16} />}
        value={look.words}
        onChange={(event) => look.setWords(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t('host.states')}
        size="xs"
        value={look.state}
        onChange={look.setState}
        data={[
          { value: '', label: t('host.anyState') },
          { value: 'active', label: t('host.active') },
          { value: 'suspended', label: t('host.suspended') },
        ]}
      />
    </div>
  )
}

/** Every org of this installation. */
export function OrgsPage() {
  const look = useLookedFor()
  const isPhone = useIsPhone()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...hostedOrgsQuery(look.q, look.state),
    placeholderData: (before) => before,
  })
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const isAll = !look.q && !look.state
  const found = (
    <Button
      leftSection={<Icon name="plus" />}
      aria-label={t('host.new')}
      renderRoot={(props) => <Link {...links.hostNew()} {...props} />}
    >
      {t(isPhone ? 'host.newShort' : 'host.new')}
    </Button>
  )
  if (error) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  return (
    <>
      <PageHead title={t('host.orgs')}>{found}</PageHead>
      <Tools look={look} />
      {isPending ? <Skeleton height={220} /> : null}
      {data && !rows.length ? (
        <Empty
          icon="building"
          title={t('host.noneTitle')}
          text={t(isAll ? 'host.noneText' : 'host.noneFound')}
          isSmall={!isAll}
        />
      ) : null}
      {rows.length ? isPhone ? <OrgCards rows={rows} /> : <OrgsTable rows={rows} /> : null}
      {hasNextPage ? (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('host.more')}
        </Button>
      ) : null}
    </>
  )
}
