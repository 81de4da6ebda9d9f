import { Alert, Button, Group, Modal } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { check, startOf, useDraft, type Values } from '../form/draft.ts'
import { FormFields } from '../form/FormFields.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { type Act, useToday } from '../wire/catalog.ts'
import { Problem } from '../wire/http.ts'

interface ActDialogProps {
  act: Act
  module: string
  onClose: () => void
  /** Carries the act out. A refusal that it throws is shown here. */
  onAct: (asked: Values) => Promise<void>
}

/** Asks for what an act needs, such as the reason of a rejection. */
export function ActDialog({ act, module, onClose, onAct }: ActDialogProps) {
  useFocusBack()
  const fields = act.asks ?? {}
  const today = useToday()
  const draft = useDraft(fields, startOf(fields, undefined, today))
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { values, errors } = check(fields, draft.values)
    if (errors.length) return draft.fail(errors)
    setBusy(true)
    try {
      await onAct(values)
      onClose()
    } catch (failure) {
      if (failure instanceof Problem && failure.errors.length) draft.fail(failure.errors)
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={act.label}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {refused ? (
          <Alert color="red" mb="md" role="alert">
            {refused}
          </Alert>
        ) : null}
        <FormFields fields={fields} names={Object.keys(fields)} draft={draft} prefix="act-" module={module} inDialog />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} {...(act.tone === 'danger' ? { color: 'red' } : {})}>
            {act.label}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
