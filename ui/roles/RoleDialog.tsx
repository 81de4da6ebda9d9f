import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { toast } from '../parts/toast.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { changeRole, createRole, deleteRole, type MatrixRole } from '../wire/roles.ts'
import type { RoleTask } from './RoleMenu.tsx'

interface RoleDialogProps {
  org: string
  task: RoleTask
  roles: readonly MatrixRole[]
  onClose: () => void
}

const titleOf = ({ act, role }: RoleTask) =>
  act === 'create'
    ? t('roles.new')
    : act === 'rename'
      ? t('roles.rename')
      : t('roles.deleteTitle', { role: role?.label })

const saves = { create: 'roles.create', rename: 'roles.save', delete: 'roles.delete' } as const

/** What is asked, and the way to do it. A refusal is kept, to be shown where one is. */
function useTask({ org, task, onClose }: RoleDialogProps) {
  const { act, role } = task
  const [label, setLabel] = useState(act === 'rename' ? (role?.label ?? '') : '')
  const [model, setModel] = useState(role?.id ?? '')
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const carryOut = async () => {
    if (act === 'create') await createRole(org, { label, ...(model ? { copy_of: model } : {}) })
    else if (role) await (act === 'rename' ? changeRole(org, role, { label }) : deleteRole(org, role))
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await carryOut()
      await client.invalidateQueries({ queryKey: ['org', org] })
      if (act === 'create') toast(t('roles.created', { role: label }))
      if (act === 'delete') toast(t('roles.deleted', { role: role?.label }))
      onClose()
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setBusy(false)
    }
  }
  return { label, setLabel, model, setModel, refused, isBusy, submit }
}

/** Makes, renames or deletes a role. */
export function RoleDialog(props: RoleDialogProps) {
  useFocusBack()
  const { task, roles, onClose } = props
  const asked = useTask(props)
  const name = (
    <TextInput
      label={t('roles.name')}
      description={t('roles.nameHelp')}
      value={asked.label}
      maxLength={60}
      required
      data-autofocus
      autoComplete="off"
      onChange={(event) => asked.setLabel(event.currentTarget.value)}
    />
  )
  const model = (
    <NativeSelect
      label={t('roles.startAs')}
      value={asked.model}
      onChange={(event) => asked.setModel(event.currentTarget.value)}
      data={[
        { value: '', label: t('roles.startEmpty') },
        ...roles.map(({ id, label }) => ({ value: id, label: t('roles.startCopy', { role: label }) })),
      ]}
    />
  )
  return (
    <Modal opened onClose={onClose} title={titleOf(task)}>
      <form onSubmit={(event) => void asked.submit(event)} noValidate>
        <Stack gap="md">
          {asked.refused ? (
            <Alert color="red" role="alert">
              {asked.refused}
            </Alert>
          ) : null}
          {task.act === 'delete' ? t('roles.deleteText') : name}
          {task.act === 'create' ? model : null}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={asked.isBusy} {...(task.act === 'delete' ? { color: 'red' } : {})}>
            {t(saves[task.act])}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
