import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { t } from './t.ts'

interface ConfirmProps {
  readonly title: string
  readonly text: string
  readonly act: string
  readonly isDanger?: boolean
  readonly onClose: () => void
  readonly onSure: () => Promise<void>
}

/** Before what cannot be taken back: what it does, in a sentence. */
export function Confirm({ title, text, act, isDanger = false, onClose, onSure }: ConfirmProps) {
  const [isBusy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    await onSure()
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      {text}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('elections.cancel')}
        </Button>
        <Button loading={isBusy} {...(isDanger ? { color: 'red' } : {})} onClick={() => void go()}>
          {act}
        </Button>
      </Group>
    </Modal>
  )
}
