import { Alert, Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import type { FileRow } from '../wire/files.ts'
import { Problem } from '../wire/http.ts'
import { remove } from './acts.ts'

interface DeleteDialogProps {
  org: string
  row: FileRow
  onClose: () => void
}

/** Asks before a file leaves its record, by its name. */
export function DeleteDialog({ org, row, onClose }: DeleteDialogProps) {
  useFocusBack()
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const act = async () => {
    setBusy(true)
    try {
      await remove(org, row)
      onClose()
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('files.deleteTitle', { name: row.name })}>
      {refused ? (
        <Alert color="red" mb="md" role="alert">
          {refused}
        </Alert>
      ) : null}
      {t('files.deleteText')}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('form.cancel')}
        </Button>
        <Button color="red" loading={isBusy} onClick={() => void act()}>
          {t('files.deleteAct')}
        </Button>
      </Group>
    </Modal>
  )
}
