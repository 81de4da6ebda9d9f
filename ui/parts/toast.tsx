import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { t } from '../say.ts'
import { Problem } from '../wire/http.ts'

interface ToastOptions {
  /** Takes it back; the person has eight seconds, or as long as the pointer rests on it. */
  undo?: () => void
}

/** Says what was done. */
export function toast(text: string, { undo }: ToastOptions = {}) {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="md">{text}</Text>
        {undo ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id)
              undo()
            }}
          >
            {t('toast.undo')}
          </Button>
        ) : null}
      </Group>
    ),
    autoClose: undo ? 8000 : 4000,
    closeButtonProps: { 'aria-label': t('toast.close') },
  })
}

/** Says what could not be done, in the server's words, until it is closed. */
export function toastFailure(failure: unknown) {
  notifications.show({
    title: t('toast.failed'),
    message: failure instanceof Problem ? failure.message : t('problem.page'),
    color: 'red',
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': t('toast.close') },
  })
}
