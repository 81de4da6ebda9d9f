import { Button } from '@mantine/core'
import {
  act as carryOut,
  ActButton,
  ActDialog,
  formatInstant,
  Icon,
  type KnownResource,
  links,
  type Row,
  toastFailure,
  useOrg,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Confirm } from '../Confirm.tsx'
import classes from '../elections.module.css'
import { countingQuery, readinessQuery } from '../queries.tsx'
import { t } from '../t.ts'
import own from './office.module.css'
import { actOf, type Step } from './steps.ts'

interface OfElection {
  readonly resource: KnownResource
  readonly row: Row
}

const spoken = ['open-nominations', 'publish', 'take-back', 'open', 'close', 'certify', 'contest', 'withdraw'] as const
type ActName = (typeof spoken)[number]

const isSpoken = (name: string): name is ActName => (spoken as readonly string[]).includes(name)

/** Acts that cannot be taken back say first what they do. */
const asked: readonly string[] = ['open', 'close', 'certify']

/** Carries an act of the election out, after asking for what it needs. */
export function useActs({ resource, row }: OfElection) {
  const org = useOrg()
  const [asking, setAsking] = useState<string>()
  const one = resource.acts.find(({ name }) => name === asking)
  const go = (name: string, values: Readonly<Record<string, unknown>> = {}) =>
    carryOut(org, resource, row, name, values)
  const start = (name: string) => {
    const needs = Object.keys(resource.acts.find((act) => act.name === name)?.asks ?? {}).length > 0
    if (needs || asked.includes(name)) setAsking(name)
    else void go(name).catch(toastFailure)
  }
  const close = () => setAsking(undefined)
  const dialog =
    one && Object.keys(one.asks ?? {}).length ? (
      <ActDialog act={one} module={resource.module} onClose={close} onAct={(values) => go(one.name, values)} />
    ) : one ? (
      <Confirm
        title={one.label}
        text={t(`office.sure.${one.name as 'open'}`)}
        act={one.label}
        onClose={close}
        onSure={() => go(one.name).catch(toastFailure)}
      />
    ) : null
  return { start, dialog }
}

/** What the server says is missing, and what is worth knowing, for the step where the election is. */
export function useMissing(row: Row) {
  const org = useOrg()
  const state = String(row['state'])
  const isCounting = ['counting', 'contested'].includes(state)
  const hasNext = !['certified', 'withdrawn'].includes(state)
  const readiness = useQuery({ ...readinessQuery(org, row.id), enabled: hasNext })
  const counting = useQuery({ ...countingQuery(org, row.id), enabled: isCounting })
  const missing = [
    ...(readiness.data?.missing.map(({ sentence }) => sentence) ?? []),
    ...(counting.data?.missing ?? []),
  ]
  const warnings = [
    ...(readiness.data?.warnings.map(({ sentence }) => sentence) ?? []),
    ...(counting.data?.warnings ?? []),
  ]
  return {
    isKnown: !!readiness.data && (!isCounting || !!counting.data),
    missing: [...new Set(missing)],
    warnings: [...new Set(warnings)],
  }
}

const Sentences = ({ title, icon, all }: { title: string; icon: string; all: readonly string[] }) =>
  all.length ? (
    <div data-warn={icon === 'warning' || undefined}>
      <h3>
        <Icon name={icon} size={16} /> {title}
      </h3>
      <ul>
        {all.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  ) : null

const byClock = { published: 'opens_at', voting: 'closes_at' } as const

/** The one act that comes next, with all that still stands against it. */
export function NextStep({ resource, row, step }: OfElection & { step: Step }) {
  const org = useOrg()
  const { isKnown, missing, warnings } = useMissing(row)
  const { start, dialog } = useActs({ resource, row })
  const state = String(row['state'])
  const name = actOf[state]
  if (!name || !isKnown || !isSpoken(name)) return null
  const clock = row[byClock[state as 'voting'] ?? '']
  // While nominations run one looks at the ballot before it is published.
  const isBefore = state === 'nominations' && step === 'nominations'
  const reason = row.can?.[name]
  return (
    <section className={own['next']} aria-label={t(`office.act.${name}`)}>
      <Sentences title={t('office.missing')} icon="clock" all={missing} />
      <Sentences title={t('office.warnings')} icon="warning" all={warnings} />
      {missing.length || state === 'voting' ? null : (
        <p className={classes['done']}>
          <Icon name="check" size={16} /> {t('office.ready')}
        </p>
      )}
      {clock && !missing.length ? (
        <p>{t(`office.byClock.${state as 'voting'}`, { when: formatInstant(String(clock)) })}</p>
      ) : null}
      <div className={classes['acts']} style={{ marginTop: 0 }}>
        {isBefore ? (
          <Button
            renderRoot={(props) => (
              <Link {...links.page(org, `elections/${row.id}/office`, { step: 'ballot' })} {...props} />
            )}
          >
            {t('office.preview.title')}
          </Button>
        ) : (
          <ActButton
            // What the clock does by itself is nothing to press in passing.
            variant={state === 'voting' && clock ? 'default' : 'filled'}
            allowed={missing.length ? t('office.notReady') : reason}
            onClick={() => start(name)}
          >
            {t(`office.act.${name}`)}
          </ActButton>
        )}
        {['draft', 'nominations', 'published'].includes(state) ? (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...links.edit(org, resource.path, row.id)} {...props} />}
          >
            {t('office.edit')}
          </Button>
        ) : null}
      </div>
      {dialog}
    </section>
  )
}

/** Whatever else the state of the election has room for. */
export function OtherActs({ resource, row }: OfElection) {
  const { start, dialog } = useActs({ resource, row })
  const next = actOf[String(row['state'])]
  const rest = resource.acts.filter(
    ({ name, from }) => name !== next && from.includes(String(row['state'])) && row.can?.[name] !== undefined,
  )
  if (!rest.length) return null
  return (
    <section className={classes['section']} aria-labelledby="other-acts">
      <h2 id="other-acts">{t('office.other')}</h2>
      <div className={classes['acts']} style={{ marginTop: 0 }}>
        {rest.map(({ name, label, tone }) => (
          <ActButton
            key={name}
            variant="default"
            {...(tone === 'danger' ? { c: 'var(--mantine-color-error)' } : {})}
            allowed={row.can?.[name]}
            onClick={() => start(name)}
          >
            {isSpoken(name) ? t(`office.act.${name}`) : label}
          </ActButton>
        ))}
      </div>
      {dialog}
    </section>
  )
}
