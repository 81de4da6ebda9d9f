import { Alert, Button, Group, Modal } from '@mantine/core'
import {
  check,
  createRecord,
  FormFields,
  type KnownResource,
  links,
  Problem,
  refresh,
  startOf,
  titleOf,
  toast,
  useDraft,
  useOrg,
  useToday,
} from '@commonhall/ui'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { t } from '../t.ts'
import { presetsOf } from './presets.ts'

const asked = ['period_from_on', 'period_until_on', 'program', 'note']

/** Pay periods that people mean, one click each. */
const Presets = ({ today, draft }: { today: string; draft: ReturnType<typeof useDraft> }) => (
  <Group gap="xs" mb="md" role="group" aria-label={t('payments.presets')}>
    {presetsOf(today).map(({ name, from, until }) => {
      const isOn = draft.values['period_from_on'] === from && draft.values['period_until_on'] === until
      return (
        <Button
          key={name}
          size="compact-sm"
          radius="xl"
          variant={isOn ? 'light' : 'default'}
          aria-pressed={isOn}
          onClick={() => {
            draft.set('period_from_on', from)
            draft.set('period_until_on', until)
          }}
        >
          {t(`payments.preset.${name}`)}
        </Button>
      )
    })}
  </Group>
)

/** Which weeks go into a new batch. It fills itself with all approved hours of them. */
export function Prepare({ resource, onClose }: { resource: KnownResource; onClose: () => void }) {
  const org = useOrg()
  const navigate = useNavigate()
  const fields = Object.fromEntries(Object.entries(resource.fields).filter(([name]) => asked.includes(name)))
  const today = useToday()
  const [usual] = presetsOf(today)
  const draft = useDraft(fields, { ...startOf(fields), period_from_on: usual?.from, period_until_on: usual?.until })
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { values, errors } = check(fields, draft.values)
    if (errors.length) return draft.fail(errors)
    setBusy(true)
    try {
      const batch = await createRecord(org, resource.path, values)
      toast(t('payments.prepared', { batch: titleOf(resource, batch) }))
      void refresh(org)
      await navigate(links.record(org, resource.path, batch.id))
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      if (failure.errors.length) draft.fail(failure.errors)
      setRefused(failure.message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('payments.prepare')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p data-quiet style={{ marginTop: 0 }}>
          {t('payments.prepareText')}
        </p>
        {refused ? (
          <Alert color="red" role="alert" mb="md">
            {refused}
          </Alert>
        ) : null}
        <Presets today={today} draft={draft} />
        <FormFields fields={fields} names={asked} draft={draft} prefix="batch-" module={resource.module} />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('payments.prepareNow')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
