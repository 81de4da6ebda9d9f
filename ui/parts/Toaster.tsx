import { Button, Group, Text } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import { t } from '../say.ts'

export interface Message {
  readonly text: string
  readonly undo?: (() => void) | undefined
  readonly isFailure?: boolean
}

/** Shows a message: for four seconds, or longer where there is something to decide or to read. */
export function show({ text, undo, isFailure = false }: Message) {
  const id = notifications.show({
    title: isFailure ? t('toast.failed') : undefined,
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
    ...(isFailure ? { color: 'red' } : {}),
    autoClose: isFailure ? 12_000 : undo ? 8000 : 4000,
    closeButtonProps: { 'aria-label': t('toast.close') },
  })
}

export default function Toaster() {
  return <Notifications position="bottom-right" limit={4} zIndex={400} />
}
