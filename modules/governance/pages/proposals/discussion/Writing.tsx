import { Button, Group, Textarea } from '@mantine/core'
import { UnsavedGuard } from '@commonhall/ui'
import { type FormEvent, useRef, useState } from 'react'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'

interface WritingProps {
  readonly id: string
  readonly label: string
  readonly act: string
  readonly done: string
  readonly start?: string
  readonly help?: string
  /** It was opened for this, so one begins to type at once. */
  readonly isOpened?: boolean
  readonly onSend: (text: string) => Promise<unknown>
  readonly onClose?: () => void
}

/** Where a comment is written. What was typed stays until it is there. */
export function Writing({ id, label, act, done, start = '', help, isOpened, onSend, onClose }: WritingProps) {
  const [text, setText] = useState(start)
  const [refused, setRefused] = useState('')
  const { isBusy, run } = useDoing(setRefused)
  const isDone = useRef(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (!text.trim()) return setRefused(t('discussion.needsText'))
    if (!(await run(() => onSend(text.trim()), done))) return
    isDone.current = true
    setText('')
    onClose?.()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Textarea
        id={id}
        label={label}
        description={help}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={5000}
        value={text}
        error={refused || undefined}
        autoFocus={isOpened ?? false}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setRefused('')
          isDone.current = false
        }}
      />
      <Group mt="xs" gap="xs">
        <Button type="submit" variant={isOpened ? 'filled' : 'default'} loading={isBusy}>
          {act}
        </Button>
        {onClose ? (
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
        ) : null}
      </Group>
      <UnsavedGuard isDirty={() => !isDone.current && text.trim() !== start.trim()} />
    </form>
  )
}
