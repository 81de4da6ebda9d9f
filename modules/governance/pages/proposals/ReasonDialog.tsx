import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import classes from './proposals.module.css'
import { t } from './t.ts'
import { useDoing } from './use-doing.tsx'

interface ReasonDialogProps {
  readonly title: string
  readonly text?: string
  readonly help?: string
  readonly act: string
  readonly done: string
  readonly onAct: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Before something that somebody else will want to understand: says why. */
export function ReasonDialog({ title, text, help, act, done, onAct, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState('')
  const { isBusy, run } = useDoing(setRefused)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await run(() => onAct(reason.trim()), done)) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {text ? <p className={classes['lead']}>{text}</p> : null}
        <Textarea
          id="reason"
          label={t('discussion.reason')}
          description={help}
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={refused || undefined}
          onChange={(event) => {
            setReason(event.currentTarget.value)
            setRefused('')
          }}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="red" loading={isBusy}>
            {act}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
