import { Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { RefControl } from '../fields/ref.tsx'
import { toast } from '../parts/toast.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { invite, matrixQuery } from '../wire/roles.ts'

/** The fault of one field, in the server's words. */
const faultOf = (failure: Problem | undefined, path: string) =>
  failure?.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message

/** A record of the roll; where there is none to choose from, nothing is asked. */
function OwnRecord({ kind, value, onChange }: { kind: string; value: string; onChange: (id: string) => void }) {
  return (
    <RefControl
      id="invite-record"
      field={field.ref(kind as `${string}.${string}`)}
      label={t('people.record')}
      value={value}
      onChange={(id) => onChange(`${id}`)}
      module={kind.split('.')[0] ?? ''}
    />
  )
}

/** Asks somebody to come, by mail. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  useFocusBack()
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { data: matrix } = useQuery(matrixQuery(org))
  const [asked, setAsked] = useState({ email: '', name: '', record: '' })
  const [roles, setRoles] = useState<string[]>([])
  const [failure, setFailure] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const kind = matrix?.own_record_kind
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { record, ...person } = asked
      await invite(org, { ...person, roles, ...(record ? { own_record: record } : {}) })
      await client.invalidateQueries({ queryKey: ['org', org] })
      toast(t('people.sent', { email: asked.email }))
      onClose()
    } catch (problem) {
      setFailure(problem instanceof Problem ? problem : new Problem(0, '', t('problem.page')))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('people.inviteTitle')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {t('people.inviteText')}
          {failure ? (
            <Alert color="red" role="alert">
              {failure.message}
            </Alert>
          ) : null}
          <TextInput
            label={t('people.name')}
            value={asked.name}
            required
            data-autofocus
            autoComplete="off"
            error={faultOf(failure, 'name')}
            onChange={(event) => setAsked({ ...asked, name: event.currentTarget.value })}
          />
          <TextInput
            type="email"
            label={t('people.email')}
            value={asked.email}
            required
            autoComplete="off"
            error={faultOf(failure, 'email')}
            onChange={(event) => setAsked({ ...asked, email: event.currentTarget.value })}
          />
          <Checkbox.Group
            label={t('people.roles')}
            value={roles}
            onChange={setRoles}
            required
            error={faultOf(failure, 'roles')}
          >
            <Stack gap="xs" mt="xs">
              {matrix ? (
                matrix.roles.map(({ id, label }) => <Checkbox key={id} value={id} label={label} />)
              ) : (
                <Skeleton height={120} />
              )}
            </Stack>
          </Checkbox.Group>
          {kind && catalog.resources[kind] ? (
            <OwnRecord kind={kind} value={asked.record} onChange={(record) => setAsked({ ...asked, record })} />
          ) : null}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('people.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
