import { ActionIcon, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { deliveryQuery, sendTest, type Webhook, type WholeDelivery } from '../wire/webhooks.ts'
import { duration } from './standing.ts'
import classes from './webhooks.module.css'

/** Sends a test, and follows what becomes of it. */
export function useTest(id: string) {
  const org = useOrg()
  const [delivery, setDelivery] = useState('')
  const [isSending, setSending] = useState(false)
  const { data } = useQuery({ ...deliveryQuery(org, id, delivery, 0.4), enabled: delivery !== '' })
  const state = delivery ? (data?.state ?? 'waiting') : undefined
  useEffect(() => {
    if (state && state !== 'waiting') void client.invalidateQueries({ queryKey: ['org', org, 'deliveries', id] })
  }, [state, org, id])
  const send = async () => {
    setSending(true)
    try {
      setDelivery((await sendTest(org, id)).delivery)
      await client.invalidateQueries({ queryKey: ['org', org, 'deliveries', id] })
    } catch (failure) {
      toastFailure(failure)
    }
    setSending(false)
  }
  return { send, isBusy: isSending || state === 'waiting', state, delivery: data, close: () => setDelivery('') }
}

function Outcome({ delivery: { state, last, attempts } }: { delivery: WholeDelivery }) {
  const [attempt] = attempts
  const time = duration(attempt?.latency_ms ?? 0)
  return (
    <>
      <h2>{t(state === 'delivered' ? 'trying.arrived' : 'trying.failed')}</h2>
      <p>
        {state === 'delivered'
          ? t('trying.arrivedText', { status: last?.status ?? '', time })
          : last
            ? `${last.said}.`
            : null}
      </p>
      {attempt?.answer ? (
        <p className={classes['answer']}>
          <span data-quiet>{t('trying.answer')}</span> <code>{attempt.answer}</code>
        </p>
      ) : null}
    </>
  )
}

/** It has lasted longer than it should. */
function useIsSlow(isWaiting: boolean) {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (!isWaiting) return
    const timer = setTimeout(() => setSlow(true), 3000)
    return () => clearTimeout(timer)
  }, [isWaiting])
  return isSlow
}

/** What became of the test: on its way, then the receiver's answer. */
export function Test({ webhook, test }: { webhook: Webhook; test: ReturnType<typeof useTest> }) {
  const isSlow = useIsSlow(test.state === 'waiting')
  if (!test.state) return <div role="status" />
  const isDone = test.state !== 'waiting' && test.delivery
  const tone = isDone ? (test.state === 'delivered' ? 'good' : 'bad') : 'idle'
  return (
    <div role="status" aria-label={t('trying.title')} key={webhook.id}>
      <div className={classes['now']} data-tone={tone} data-test>
        {isDone ? <Icon name={tone === 'good' ? 'check' : 'warning'} /> : <Loader size={18} />}
        <div>
          {isDone && test.delivery ? (
            <Outcome delivery={test.delivery} />
          ) : (
            <p>{t(isSlow ? 'trying.slow' : 'trying.sending')}</p>
          )}
        </div>
        {isDone ? (
          <ActionIcon variant="subtle" color="gray" aria-label={t('trying.close')} onClick={test.close}>
            <Icon name="close" size={14} />
          </ActionIcon>
        ) : null}
      </div>
    </div>
  )
}
