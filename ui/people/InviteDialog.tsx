import { Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { RefControl } from '../fields/ref.tsx'
import { toast } from '../parts/toast.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { invite, type Matrix, matrixQuery } from '../wire/roles.ts'

/** The fault of one field, in the server's words. */
const faultOf = (failure: Problem | undefined, path: string) =>
  failure?.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message

interface RecordOfProps {
  kind: string
  label: string
  value: string
  onChange: (id: string) => void
}

/** The record that the person is, or will stand for; where there is none to choose from, nothing is asked. */
function RecordOf({ kind, label, value, onChange }: RecordOfProps) {
  return (
    <RefControl
      id={`invite-${kind}`}
      field={field.ref(kind as `${string}.${string}`)}
      label={label}
      value={value}
      onChange={(id) => onChange(`${id}`)}
      module={kind.split('.')[0] ?? ''}
    />
  )
}

interface RoleBoxesProps {
  matrix: Matrix | undefined
  roles: string[]
  error: string | undefined
  required: boolean
  onChange: (roles: string[]) => void
}

const RoleBoxes = ({ matrix, roles, error, required, onChange }: RoleBoxesProps) => (
  <Checkbox.Group label={t('people.roles')} value={roles} onChange={onChange} required={required} error={error}>
    <Stack gap="xs" mt="xs">
      {matrix?.roles.map(({ id, label }) => <Checkbox key={id} value={id} label={label} />) ?? (
        <Skeleton height={120} />
      )}
    </Stack>
  </Checkbox.Group>
)

/** What is asked of whoever invites, and the way to send it. */
function useInvitation(org: string, onClose: () => void) {
  const [asked, setAsked] = useState({ email: '', name: '', record: '' })
  const [roles, setRoles] = useState<string[]>([])
  const [parties, setParties] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { record, ...person } = asked
      const stands = Object.fromEntries(Object.entries(parties).filter(([, id]) => id))
      await invite(org, { ...person, roles, ...(record ? { own_record: record } : {}), stands_for: stands })
      await client.invalidateQueries({ queryKey: ['org', org] })
      toast(t('people.sent', { email: asked.email }))
      onClose()
    } catch (problem) {
      setFailure(problem instanceof Problem ? problem : new Problem(0, '', t('problem.page')))
      setBusy(false)
    }
  }
  return {
    asked,
    set: (change: Partial<typeof asked>) => setAsked((before) => ({ ...before, ...change })),
    roles,
    setRoles,
    parties,
    stand: (kind: string, id: string) => setParties((before) => ({ ...before, [kind]: id })),
    failure,
    isBusy,
    submit,
    text: (name: 'email' | 'name') => ({
      label: t(`people.${name}`),
      value: asked[name],
      required: true,
      autoComplete: 'off',
      error: faultOf(failure, name),
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        const { value } = event.currentTarget
        setAsked((before) => ({ ...before, [name]: value }))
      },
    }),
  }
}

/** Asks somebody to come, by mail. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  useFocusBack()
  const catalog = useCatalog()
  const { data: matrix } = useQuery(matrixQuery(catalog.org.slug))
  const invitation = useInvitation(catalog.org.slug, onClose)
  const { failure, roles, setRoles, parties } = invitation
  const kind = matrix?.own_record_kind
  return (
    <Modal opened onClose={onClose} title={t('people.inviteTitle')}>
      <form onSubmit={(event) => void invitation.submit(event)} noValidate>
        <Stack gap="md">
          {t('people.inviteText')}
          {failure ? (
            <Alert color="red" role="alert">
              {failure.message}
            </Alert>
          ) : null}
          <TextInput {...invitation.text('name')} data-autofocus />
          <TextInput {...invitation.text('email')} type="email" />
          <RoleBoxes
            matrix={matrix}
            roles={roles}
            required={!Object.values(parties).some(Boolean)}
            error={faultOf(failure, 'roles')}
            onChange={setRoles}
          />
          {kind && catalog.resources[kind] ? (
            <RecordOf
              kind={kind}
              label={t('people.record')}
              value={invitation.asked.record}
              onChange={(record) => invitation.set({ record })}
            />
          ) : null}
          {(matrix?.party_kinds ?? [])
            .flatMap((name) => catalog.resources[name] ?? [])
            .map(({ name, label }) => (
              <RecordOf
                key={name}
                kind={name}
                label={t('people.standsFor', { kind: label.toLowerCase() })}
                value={parties[name] ?? ''}
                onChange={(id) => invitation.stand(name, id)}
              />
            ))}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={invitation.isBusy}>
            {t('people.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
