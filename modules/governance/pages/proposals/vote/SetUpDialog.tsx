import { field } from '@commonhall/kernel'
import { Alert, Button, Group, Modal, Radio, Select, Stack } from '@mantine/core'
import { Control, links, listQuery, Problem, refresh, type Row, toast, useOrg, useToday } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import classes from '../proposals.module.css'
import { rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { type Faults, faultsOf, ruleOptions, type SetUp, setUp, startOf } from './set-up.tsx'

const instant = field.instant({ required: true })

interface DialogProps {
  readonly row: Row
  readonly onClose: () => void
}

/** What is chosen, what is wrong with it, and how it is kept. */
function useSettingUp({ row, onClose }: DialogProps) {
  const org = useOrg()
  const [chosen, setChosen] = useState(() => startOf(row))
  const [faults, setFaults] = useState<Faults>({})
  const [isBusy, setBusy] = useState(false)
  const set = (next: Partial<SetUp>) => {
    setChosen((before) => ({ ...before, ...next }))
    setFaults({})
  }
  const refused = (failure: unknown) => {
    if (!(failure instanceof Problem)) throw failure
    const told = failure.errors.map(({ path, message }) => [path, message] as const)
    const known = told.filter(([path]) => path in chosen)
    setFaults(known.length ? Object.fromEntries(known) : { refused: failure.message })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = faultsOf(chosen)
    setFaults(found)
    if (Object.keys(found).length) return
    setBusy(true)
    try {
      await setUp(org, row, chosen)
      toast(t(chosen.begin === 'now' ? 'opening.opened' : 'opening.planned'))
      onClose()
    } catch (failure) {
      refused(failure)
    } finally {
      setBusy(false)
      void refresh(org)
    }
  }
  return { chosen, set, faults, isBusy, submit }
}

interface FieldsProps {
  readonly chosen: SetUp
  readonly set: (next: Partial<SetUp>) => void
  readonly faults: Faults
}

function RulesField({ chosen, set, faults }: FieldsProps) {
  const org = useOrg()
  const today = useToday()
  const found = useInfiniteQuery(listQuery(org, 'rule-sets', { sort: 'name,-from_on' }, 200))
  const options = ruleOptions(rowsOf(found.data), today)
  const known = rowsOf(found.data).find(({ id }) => id === chosen.rule_set)
  // A proposal may name an older version: what is decided by is the name.
  const value = options.find(({ label }) => label === known?.['name'])?.value ?? null
  if (found.isSuccess && !options.length)
    return (
      <Alert role="note">
        {t('opening.noRules')} <Link {...links.list(org, 'rule-sets')}>{t('opening.toRules')}</Link>
      </Alert>
    )
  return (
    <Select
      id="set-up-rules"
      label={t('opening.rules')}
      required
      data={options}
      value={value}
      error={faults.rule_set}
      allowDeselect={false}
      data-autofocus
      onChange={(next) => set({ rule_set: next ?? '' })}
      comboboxProps={{ shadow: 'md', transitionProps: { duration: 80 }, withinPortal: false }}
    />
  )
}

function WayFields({ chosen, set }: FieldsProps) {
  return (
    <>
      <Radio.Group
        label={t('opening.way')}
        value={chosen.way}
        onChange={(way) => set({ way: way === 'secret' ? 'secret' : 'roll-call' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="roll-call" label={t('opening.rollCall')} description={t('opening.rollCallHelp')} />
          <Radio value="secret" label={t('opening.secret')} description={t('opening.secretHelp')} />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={t('opening.begin')}
        value={chosen.begin}
        onChange={(begin) => set({ begin: begin === 'later' ? 'later' : 'now' })}
      >
        <Group gap="lg" mt="xs">
          <Radio value="now" label={t('opening.now')} />
          <Radio value="later" label={t('opening.later')} />
        </Group>
      </Radio.Group>
    </>
  )
}

function DayField({ name, chosen, set, faults }: FieldsProps & { name: 'opens_at' | 'closes_at' }) {
  return (
    <Control
      id={`set-up-${name}`}
      field={instant}
      label={t(name === 'opens_at' ? 'opening.opens' : 'opening.closes')}
      value={chosen[name]}
      onChange={(value) => set({ [name]: String(value ?? '') })}
      error={faults[name]}
      module="governance"
    />
  )
}

/** How, by which rules and until when it is voted on; and the vote opens, now or by the clock. */
export function SetUpDialog(props: DialogProps) {
  const { isBusy, submit, ...form } = useSettingUp(props)
  const isNow = form.chosen.begin === 'now'
  return (
    <Modal opened onClose={props.onClose} title={t('opening.title')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {form.faults.refused ? (
            <Alert color="red" role="alert">
              {form.faults.refused}
            </Alert>
          ) : null}
          <RulesField {...form} />
          <WayFields {...form} />
          {isNow ? null : <DayField name="opens_at" {...form} />}
          <DayField name="closes_at" {...form} />
          <p className={classes['quiet']}>{t('opening.frozen')}</p>
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t(isNow ? 'opening.openNow' : 'opening.plan')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
