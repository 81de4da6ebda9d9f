import { useState } from 'react'
import { ActButton } from '../parts/ActButton.tsx'
import { Icon } from '../parts/Icon.tsx'
import { toast, toastFailure } from '../parts/toast.tsx'
import { formatInstant } from '../fields/format.ts'
import { t } from '../say.ts'
import { type Allowed, useOrg } from '../wire/catalog.ts'
import { refresh } from '../wire/changes.ts'
import { actOnWebhook, type Delivery, type Webhook } from '../wire/webhooks.ts'
import { nextTry } from './standing.ts'
import classes from './webhooks.module.css'

interface NowProps {
  row: Webhook
  waiting: number
  newest: readonly Delivery[] | undefined
  allowed: Allowed
}

/** What is to be known of a webhook at this moment, in sentences. */
function told({ row, waiting, newest }: Omit<NowProps, 'allowed'>): { title: string; sentences: string[] } {
  const waits = waiting ? [t('webhooks.waiting', { count: waiting })] : []
  if (row.state !== 'active') {
    const sentences = [row.reason ?? '', ...waits, t('webhooks.pausedText')]
    return { title: t('webhooks.pausedTitle'), sentences }
  }
  if (!row.failing_since)
    return { title: t('webhooks.working'), sentences: waiting ? waits : [t('webhooks.workingText')] }
  const waitingOnes = newest?.filter(({ state }) => state === 'waiting') ?? []
  const tried = newest?.find(({ last, state }) => last && state !== 'delivered')
  const next = waitingOnes.toSorted((one, other) => `${one.next_at}`.localeCompare(`${other.next_at}`))[0]
  return {
    title: t('webhooks.failingTitle'),
    sentences: [
      tried?.last ? t('webhooks.failingLast', { said: tried.last.said }) : '',
      ...waits,
      next ? `${nextTry(next, row)}.` : '',
      t('webhooks.failingText', { since: formatInstant(row.failing_since) }),
    ],
  }
}

/** Pauses what is at work, and resumes what is not. */
function Switch({ row, allowed }: Pick<NowProps, 'row' | 'allowed'>) {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const act = row.state === 'active' ? 'pause' : 'resume'
  const go = async () => {
    setBusy(true)
    try {
      await actOnWebhook(org, row.id, act)
      toast(t(act === 'pause' ? 'webhooks.paused' : 'webhooks.resumed', { name: row.name }))
      await refresh(org)
    } catch (failure) {
      toastFailure(failure)
    }
    setBusy(false)
  }
  return (
    <ActButton
      variant={act === 'pause' ? 'default' : 'filled'}
      size="compact-sm"
      allowed={allowed}
      loading={isBusy}
      onClick={() => void go()}
    >
      {t(`webhooks.${act}`)}
    </ActButton>
  )
}

/** How the webhook is doing, before anything else. */
export function Now({ allowed, ...now }: NowProps) {
  const { row } = now
  const { title, sentences } = told(now)
  const tone = row.state !== 'active' ? (row.state === 'paused' ? 'idle' : 'bad') : row.failing_since ? 'bad' : 'good'
  return (
    <section className={classes['now']} data-tone={tone} aria-labelledby="now">
      <Icon name={tone === 'good' ? 'check' : tone === 'idle' ? 'clock' : 'warning'} />
      <div role="status">
        <h2 id="now">{title}</h2>
        <p>{sentences.filter(Boolean).join(' ')}</p>
      </div>
      <Switch row={row} allowed={allowed} />
    </section>
  )
}
