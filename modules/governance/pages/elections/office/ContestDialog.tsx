import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import {
  call,
  check,
  Control,
  createRecord,
  type KnownResource,
  Problem,
  refresh,
  type Row,
  startOf,
  useDraft,
  useOrg,
} from '@commonhall/ui'
import { labelOf } from '@commonhall/kernel'
import { type FormEvent, useState } from 'react'
import type { BallotMethod } from '../../../ballots/ballot.ts'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import { type CountingOptions, CountingFields } from './CountingFields.tsx'

const asked = ['name', 'about', 'method', 'seats', 'choices', 'position'] as const

interface ContestDialogProps {
  readonly resource: KnownResource
  readonly election: Row
  /** None for a new one. */
  readonly contest?: Row | undefined
  /** Where a new one stands on the ballot. */
  readonly position: number
  readonly onClose: () => void
}

function useContest({ resource, election, contest, position, onClose }: ContestDialogProps) {
  const org = useOrg()
  const fields = Object.fromEntries(
    asked.flatMap((name) => {
      const one = resource.fields[name]
      return one ? [[name, one]] : []
    }),
  )
  const usual = { position, ...(election['kind'] === 'proposal' ? { method: 'yes-no' } : {}) }
  const draft = useDraft(fields, contest ? startOf(fields, contest) : { ...startOf(fields), ...usual })
  const [options, setOptions] = useState((contest?.['counting_options'] ?? {}) as CountingOptions)
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const hasOptions = 'counting_options' in resource.fields
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const { values, errors } = check(fields, draft.values)
    if (errors.length) return draft.fail(errors)
    const body = {
      ...values,
      ...(hasOptions ? { counting_options: Object.keys(options).length ? options : null } : {}),
    }
    setBusy(true)
    try {
      const path = `/orgs/${org}/${resource.path}`
      if (contest) await call('PATCH', `${path}/${contest.id}`, { body, version: contest.version })
      else await createRecord(org, resource.path, { ...body, election: election.id })
      void refresh(org)
      onClose()
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      if (failure.errors.length) draft.fail(failure.errors)
      setRefused(failure.message)
      setBusy(false)
    }
  }
  return { fields, draft, options, setOptions, refused, isBusy, hasOptions, save }
}

interface RulesProps {
  readonly method: string
  readonly options: CountingOptions
  readonly onChange: (next: CountingOptions) => void
}

const Rules = ({ method, options, onChange }: RulesProps) => (
  <details className={classes['statement']}>
    <summary>{t('office.contests.rules')}</summary>
    <div style={{ paddingTop: '0.6rem' }}>
      <p data-quiet style={{ margin: '0 0 0.75rem', border: 0, padding: 0 }}>
        {t('office.contests.rulesHelp')}
      </p>
      <CountingFields method={method} options={options} onChange={onChange} />
    </div>
  </details>
)

/** An office or a question: what it is called, how people vote, and how it is counted, each explained. */
export function ContestDialog(props: ContestDialogProps) {
  const { resource, contest, onClose } = props
  const { fields, draft, options, setOptions, refused, isBusy, hasOptions, save } = useContest(props)
  const method = String(draft.values['method']) as BallotMethod
  const shown = asked.filter(
    (name) =>
      fields[name] &&
      !(method === 'yes-no' && ['seats', 'choices'].includes(name)) &&
      !(method === 'irv' && name === 'seats') &&
      // A new one goes to the end of the ballot.
      !(name === 'position' && !contest),
  )
  const title = contest ? t('office.contests.editOf', { name: contest['name'] }) : t('office.contests.addTitle')
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form onSubmit={(event) => void save(event)} noValidate>
        {refused ? (
          <Alert color="red" role="alert" mb="md">
            {refused}
          </Alert>
        ) : null}
        <Stack gap="md">
          {shown.map((name) => (
            <div key={name} onBlur={() => draft.look(name)}>
              {fields[name] ? (
                <Control
                  id={`contest-${name}`}
                  field={fields[name]}
                  label={labelOf(fields, name)}
                  value={draft.values[name]}
                  onChange={(value) => draft.set(name, value)}
                  error={draft.errors.find(({ path }) => path === name)?.message}
                  module={resource.module}
                  isFirst={name === 'name'}
                />
              ) : null}
              {name === 'method' ? (
                <p className={classes['quiet']} role="status" style={{ marginTop: '0.4rem' }}>
                  {t(`office.contests.explain.${method}`)}
                </p>
              ) : null}
            </div>
          ))}
          {hasOptions ? <Rules method={method} options={options} onChange={setOptions} /> : null}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('office.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('office.contests.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
