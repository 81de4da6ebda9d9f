import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'

interface ConfirmProps {
  title: string
  text: string
  act: string
  isDanger?: boolean
  onAct: () => Promise<unknown>
  onClose: () => void
  children?: ReactNode
}

/** Asks before what cannot be undone, and says what follows from it. */
export function Confirm({ title, text, act, isDanger = false, onAct, onClose, children }: ConfirmProps) {
  useFocusBack()
  const { isBusy, failure, attempt } = useTry()
  const go = async () => {
    if (await attempt(onAct)) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="sm">
        <Refused failure={failure} />
        <Text>{text}</Text>
        {children}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('factors.cancel')}
          </Button>
          <Button loading={isBusy} onClick={() => void go()} {...(isDanger ? { color: 'red' } : {})}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
