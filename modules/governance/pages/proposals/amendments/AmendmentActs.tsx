import { Button, Group, Modal } from '@mantine/core'
import { ActButton, actOn, type Row, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import { ReasonDialog } from '../ReasonDialog.tsx'
import classes from '../proposals.module.css'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'

interface AmendmentProps {
  readonly amendment: Row
  readonly proposal: Row
}

/** Taken over, it is the text: said once more before that, above all where the text has changed since. */
function Accepting({ amendment, proposal, onClose }: AmendmentProps & { onClose: () => void }) {
  const org = useOrg()
  const { isBusy, run } = useDoing()
  const made = Number(amendment['of_version'])
  const isOlder = made !== Number(proposal['text_version'])
  const accept = async () => {
    const asked = isOlder ? { over_newer: true } : {}
    await run(() => actOn(org, 'amendments', amendment.id, 'accept', asked), t('amendments.accepted'))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('amendments.acceptTitle', { summary: amendment['summary'] })}>
      <p className={classes['lead']}>{t('amendments.acceptOlder', { made })}</p>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button loading={isBusy} onClick={() => void accept()}>
          {t('amendments.accept')}
        </Button>
      </Group>
    </Modal>
  )
}

type Doing = 'accept' | 'reject' | undefined

/** The board accepts or rejects it; whoever proposed it may withdraw it. */
export function AmendmentActs({ amendment, proposal }: AmendmentProps) {
  const org = useOrg()
  const { isBusy, run } = useDoing()
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const may = (name: string) => amendment.can?.[name] === true
  const isOlder = Number(amendment['of_version']) !== Number(proposal['text_version'])
  const small = { size: 'compact-md', variant: 'default' } as const
  const name = (act: 'accept' | 'reject' | 'withdraw') => `${t(`amendments.${act}`)}: ${String(amendment['summary'])}`
  const simply = (act: 'accept' | 'withdraw', done: string) =>
    void run(() => actOn(org, 'amendments', amendment.id, act, {}), done)
  if (amendment['state'] !== 'open') return null
  return (
    <div className={classes['acts']}>
      {may('accept') ? (
        <ActButton
          {...small}
          variant="filled"
          loading={isBusy}
          aria-label={name('accept')}
          onClick={() => (isOlder ? setDoing('accept') : simply('accept', t('amendments.accepted')))}
        >
          {t('amendments.accept')}
        </ActButton>
      ) : null}
      {may('reject') ? (
        <ActButton {...small} aria-label={name('reject')} onClick={() => setDoing('reject')}>
          {t('amendments.reject')}
        </ActButton>
      ) : null}
      {may('withdraw') ? (
        <ActButton
          {...small}
          aria-label={name('withdraw')}
          onClick={() => simply('withdraw', t('amendments.withdrawn'))}
        >
          {t('amendments.withdraw')}
        </ActButton>
      ) : null}
      {doing === 'accept' ? <Accepting amendment={amendment} proposal={proposal} onClose={close} /> : null}
      {doing === 'reject' ? (
        <ReasonDialog
          title={name('reject')}
          act={t('amendments.reject')}
          done={t('amendments.rejected')}
          onAct={(reason) => actOn(org, 'amendments', amendment.id, 'reject', { reason })}
          onClose={close}
        />
      ) : null}
    </div>
  )
}
