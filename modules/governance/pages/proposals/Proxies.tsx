import { Button, Group, Modal, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { actOn, call, createRecord, resourceByPath, type Row, useCatalog, useOrg, useToday } from '@commonhall/ui'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import classes from './proposals.module.css'
import roll from './roll.module.css'
import { proxiesQuery, rowsOf } from './queries.tsx'
import { t } from './t.ts'
import { useDoing } from './use-doing.tsx'
import type { FrozenRules } from './wire.ts'

interface Holders {
  readonly data: readonly { readonly id: string; readonly name: string }[]
}

/** Members who could vote for one, found by part of a name. */
function useHolders(proposal: string, words: string) {
  const org = useOrg()
  const { data } = useQuery({
    queryKey: ['org', org, 'options', 'proxy-holders', proposal, words],
    queryFn: ({ signal }) =>
      call<Holders>('GET', `/orgs/${org}/proposals/${proposal}/proxy-holders`, { query: { q: words }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

function GiveDialog({ row, giver, onClose }: { row: Row; giver: string; onClose: () => void }) {
  const org = useOrg()
  const today = useToday()
  const [search, setSearch] = useState('')
  const [holder, setHolder] = useState<{ value: string; label: string }>()
  const [refused, setRefused] = useState('')
  const { isBusy, run } = useDoing(setRefused)
  const [words] = useDebouncedValue(search === holder?.label ? '' : search, 150)
  const found = useHolders(row.id, words)
  const known = holder && !found.some(({ value }) => value === holder.value) ? [...found, holder] : found
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!holder) return setRefused(t('proxies.needsHolder'))
    const body = { giver, holder: holder.value, proposal: row.id, written_on: today }
    if (await run(() => createRecord(org, 'proxies', body), t('proxies.givenToast', { name: holder.label }))) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('proxies.give')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className={classes['lead']}>{t('proxies.giveText')}</p>
        <Select
          id="holder"
          label={t('proxies.giveTo')}
          required
          searchable
          data-autofocus
          data={known}
          value={holder?.value ?? null}
          error={refused || undefined}
          searchValue={search}
          onSearchChange={setSearch}
          filter={({ options }) => options}
          comboboxProps={{ shadow: 'md', transitionProps: { duration: 80 }, withinPortal: false }}
          withScrollArea={false}
          onChange={(next, option) => {
            setRefused('')
            setHolder(next && option ? { value: next, label: option.label } : undefined)
          }}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('proxies.give')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** What a proxy says to whoever looks: that they gave it, that they hold it, or that somebody holds somebody's. */
function sentenceOf(proxy: Row, me: string | undefined): string {
  const { giver = '', holder = '' } = proxy.titles ?? {}
  if (proxy['giver'] === me) return t('proxies.given', { name: holder })
  return proxy['holder'] === me ? t('proxies.held', { name: giver }) : t('proxies.others', { holder, giver })
}

function ProxyLine({ proxy, me }: { proxy: Row; me: string | undefined }) {
  const org = useOrg()
  const { isBusy, run } = useDoing()
  const { giver = '', holder = '' } = proxy.titles ?? {}
  const isGiven = proxy['state'] === 'given'
  return (
    <li>
      <span data-out={isGiven ? undefined : true}>{sentenceOf(proxy, me)}</span>
      {isGiven ? null : (
        <small>{proxy['state'] === 'ended' ? t('proxies.ended', { name: giver }) : t('proxies.wasRevoked')}</small>
      )}
      {isGiven && proxy.can?.['revoke'] === true ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={isBusy}
          aria-label={t('proxies.revokeOf', { name: holder })}
          onClick={() => void run(() => actOn(org, 'proxies', proxy.id, 'revoke', {}), t('proxies.revoked'))}
        >
          {t('proxies.revoke')}
        </Button>
      ) : null}
    </li>
  )
}

/** Who votes for whom, as far as one may know: giving a proxy, revoking it, those that one holds. */
export function Proxies({ row }: { row: Row }) {
  const org = useOrg()
  const catalog = useCatalog()
  const resource = resourceByPath(catalog, 'proxies')
  const [isGiving, setGiving] = useState(false)
  const rules = row['rules'] as FrozenRules | null
  const isOpen = ['discussion', 'voting'].includes(String(row['state'])) && row['way'] === 'roll-call'
  const isForbidden = !!rules && rules.proxies !== 'allowed'
  const me = catalog.actor.own_record ?? undefined
  const { data } = useInfiniteQuery({ ...proxiesQuery(org, row.id), enabled: !!resource })
  const known = rowsOf(data)
  const hasGiven = known.some((one) => one['giver'] === me && one['state'] === 'given')
  if (!resource || (!known.length && (!isOpen || isForbidden))) return null
  return (
    <section className={classes['section']} aria-labelledby="proxies">
      <header>
        <h2 id="proxies">{t('proxies.title')}</h2>
        {isOpen && !isForbidden && me && !hasGiven && resource.permissions.create === true ? (
          <Button variant="default" size="compact-md" onClick={() => setGiving(true)}>
            {t('proxies.give')}
          </Button>
        ) : null}
      </header>
      {known.length ? (
        <ul className={roll['plain']}>
          {known.map((one) => (
            <ProxyLine key={one.id} proxy={one} me={me} />
          ))}
        </ul>
      ) : (
        <p className={classes['quiet']}>{t('proxies.text')}</p>
      )}
      {isGiving && me ? <GiveDialog row={row} giver={me} onClose={() => setGiving(false)} /> : null}
    </section>
  )
}
