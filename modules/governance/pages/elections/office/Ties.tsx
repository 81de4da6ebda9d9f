import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { call, Problem, refresh, type Row, toast, useOrg } from '@commonhall/ui'
import { type FormEvent, useId, useState } from 'react'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import type { Tie } from '../wire.ts'
import own from './office.module.css'

/** Two are equal, and the rules say that somebody decides: who, and how it came about. */
function TieForm({ election, tie }: { election: Row; tie: Tie }) {
  const org = useOrg()
  const id = useId()
  const [chosen, setChosen] = useState('')
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState('')
  const names = tie.among.map(({ name }) => name).join(', ')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!chosen || reason.trim().length < 3) return setRefused(t('office.ties.needed'))
    try {
      const { contest, round, pass } = tie
      const body = { contest, round, ...(pass ? { pass } : {}), chosen, reason: reason.trim() }
      await call('POST', `/orgs/${org}/elections/${election.id}/ties`, { body })
      toast(t('office.ties.done'))
      void refresh(org)
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      setRefused(failure.message)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Radio.Group
          label={t(`office.ties.${tie.for}`, { contest: tie.name, names, round: tie.round })}
          value={chosen}
          onChange={setChosen}
          required
          error={refused || undefined}
        >
          <Stack gap="xs" mt="xs">
            {tie.among.map((one) => (
              <Radio key={one.id} value={one.id} label={one.name} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          id={`${id}-reason`}
          label={t('office.ties.reason')}
          description={t('office.ties.reasonHelp')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
      <div className={classes['acts']}>
        <Button type="submit">{t('office.ties.decide')}</Button>
      </div>
    </form>
  )
}

/** Ties that wait for a decision, one after the other: each answer may bring up the next. */
export const Ties = ({ election, ties }: { election: Row; ties: readonly Tie[] }) => (
  <section className={own['next']} aria-labelledby="ties">
    <h3 id="ties">{t('office.ties.title')}</h3>
    {ties.slice(0, 1).map((tie) => (
      <TieForm key={`${tie.contest} ${tie.pass} ${tie.round} ${tie.for}`} election={election} tie={tie} />
    ))}
  </section>
)
