import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { actOn, call, recordQuery, resourceByPath, type Row, useCatalog, useOrg, useToday } from '@commonhall/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import classes from './proposals.module.css'
import roll from './roll.module.css'
import { proxiesQuery, rowsOf } from './queries.tsx'
import { t } from './t.ts'
import { useDoing } from './use-doing.tsx'
import type { FrozenRules } from './wire.ts'

function GiveDialog({ row, onClose }: { row: Row; onClose: () => void }) {
  const org = useOrg()
  const today = useToday()
  const [card, setCard] = useState('')
  const [name, setName] = useState('')
  const [refused, setRefused] = useState('')
  const { isBusy, run } = useDoing(setRefused)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!card.trim() || !name.trim()) return setRefused(t('proxies.needsHolder'))
    const body = { card_number: card.trim(), last_name: name.trim(), written_on: today }
    const give = () => call('POST', `/orgs/${org}/proposals/${row.id}/proxy`, { body })
    if (await run(give, t('proxies.givenToast', { name: name.trim() }))) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('proxies.give')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <p className={classes['quiet']}>{t('proxies.giveText')}</p>
          {refused ? (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          ) : null}
          <TextInput
            id="holder-name"
            label={t('proxies.lastName')}
            required
            autoComplete="off"
            data-autofocus
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            id="holder-card"
            label={t('proxies.card')}
            description={t('proxies.cardHelp')}
            required
            autoComplete="off"
            maxLength={40}
            value={card}
            onChange={(event) => setCard(event.currentTarget.value)}
          />
        </Stack>
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

/** Whether one may vote for another: by the rules of the vote, or before it opens by those that it names. */
function useAllowed(row: Row): boolean {
  const frozen = row['rules'] as FrozenRules | null
  const named = String(row['rule_set'] ?? '')
  const { data } = useQuery({ ...recordQuery(useOrg(), 'rule-sets', named), enabled: !frozen && !!named })
  return (frozen ?? data)?.['proxies'] === 'allowed'
}

/** Who votes for whom, as far as one may know: giving a proxy, revoking it, those that one holds. */
export function Proxies({ row }: { row: Row }) {
  const org = useOrg()
  const catalog = useCatalog()
  const resource = resourceByPath(catalog, 'proxies')
  const [isGiving, setGiving] = useState(false)
  const isAllowed = useAllowed(row)
  const isOpen = ['discussion', 'voting'].includes(String(row['state'])) && row['way'] === 'roll-call'
  const me = catalog.actor.own_record ?? undefined
  const { data } = useInfiniteQuery({ ...proxiesQuery(org, row.id), enabled: !!resource })
  const known = rowsOf(data)
  const hasGiven = known.some((one) => one['giver'] === me && one['state'] === 'given')
  if (!resource || (!known.length && (!isOpen || !isAllowed))) return null
  return (
    <section className={classes['section']} aria-labelledby="proxies">
      <header>
        <h2 id="proxies">{t('proxies.title')}</h2>
        {isOpen && isAllowed && me && !hasGiven && resource.permissions.create === true ? (
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
      {isGiving ? <GiveDialog row={row} onClose={() => setGiving(false)} /> : null}
    </section>
  )
}
