import { Alert, Button, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { call, createRecord, Problem, refresh, type Row, toast, useCatalog, useOrg } from '@commonhall/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { t } from '../t.ts'

type Whom = 'me' | 'other' | 'name'

interface Nominees {
  readonly data: readonly { readonly id: string; readonly name: string }[]
}

interface MemberProps {
  readonly contest: string
  readonly value: string
  readonly onChange: (id: string) => void
  readonly error: string | undefined
}

/** Members who may stand, found by typing part of a name. */
function MemberField({ contest, value, onChange, error }: MemberProps) {
  const org = useOrg()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  const [words] = useDebouncedValue(search === chosen?.label ? '' : search, 150)
  const { data } = useQuery({
    queryKey: ['org', org, 'options', 'nominees', contest, words],
    queryFn: ({ signal }) =>
      call<Nominees>('GET', `/orgs/${org}/contests/${contest}/nominees`, { query: { q: words }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const found = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const known = chosen && !found.some((one) => one.value === chosen.value) ? [...found, chosen] : found
  return (
    <Select
      id="nominee"
      label={t('elections.member')}
      required
      searchable
      data={known}
      value={value || null}
      error={error}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      comboboxProps={{ shadow: 'md', transitionProps: { duration: 80 }, withinPortal: false }}
      withScrollArea={false}
      onChange={(next, option) => {
        setChosen(next && option ? { value: next, label: option.label } : undefined)
        onChange(next ?? '')
      }}
    />
  )
}

interface NominateProps {
  readonly contest: Row
  readonly kind: string
  readonly onClose: () => void
}

/** Sends a nomination; what stands against it is said above the form. */
function useNominating({ contest, onClose }: NominateProps) {
  const org = useOrg()
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (body: Readonly<Record<string, unknown>>) => {
    setBusy(true)
    try {
      const { name } = await createRecord(org, 'candidates', { contest: contest.id, ...body })
      toast(t('elections.nominatedToast', { name }))
      void refresh(org)
      onClose()
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      setRefused(failure.errors[0]?.message ?? failure.message)
      setBusy(false)
    }
  }
  return { refused, isBusy, send }
}

const Whose = ({ whom, onChange }: { whom: Whom; onChange: (whom: Whom) => void }) => (
  <Radio.Group label={t('elections.who')} value={whom} onChange={onChange}>
    <Stack gap="xs" mt="xs">
      <Radio value="me" label={t('elections.nominateMe')} data-autofocus />
      <Radio value="other" label={t('elections.nominateOther')} />
    </Stack>
  </Radio.Group>
)

/** Puts a name forward: one's own, another member's, or for a question an option. */
export function Nominate(props: NominateProps) {
  const { contest, kind, onClose } = props
  const { own_record: me } = useCatalog().actor
  const isOfPeople = kind === 'people'
  const ways: readonly Whom[] = isOfPeople ? [...(me ? (['me'] as const) : []), 'other'] : ['name']
  const [whom, setWhom] = useState<Whom>(ways[0] ?? 'other')
  const [member, setMember] = useState('')
  const [name, setName] = useState('')
  const [missing, setMissing] = useState('')
  const { refused, isBusy, send } = useNominating(props)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (whom === 'me') return await send({ member: me })
    const value = whom === 'name' ? name.trim() : member
    if (value) return await send(whom === 'name' ? { name: value } : { member })
    setMissing(t(whom === 'name' ? 'elections.needsName' : 'elections.needsMember'))
  }
  return (
    <Modal opened onClose={onClose} title={t('elections.nominateFor', { office: contest['name'] })}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {refused ? (
          <Alert color="red" role="alert" mb="md">
            {refused}
          </Alert>
        ) : null}
        <Stack gap="md">
          {ways.length > 1 ? <Whose whom={whom} onChange={setWhom} /> : null}
          {whom === 'other' ? (
            <MemberField contest={contest.id} value={member} onChange={setMember} error={missing || undefined} />
          ) : null}
          {whom === 'name' ? (
            <TextInput
              id="option"
              label={t('elections.name')}
              required
              maxLength={160}
              value={name}
              error={missing || undefined}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
          ) : null}
          {isOfPeople ? (
            <p data-quiet style={{ margin: 0 }}>
              {t('elections.nominateText')}
            </p>
          ) : null}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('elections.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('elections.nominate')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
