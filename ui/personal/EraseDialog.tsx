import { Alert, Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { toast } from '../parts/toast.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { refresh } from '../wire/changes.ts'
import { Problem } from '../wire/http.ts'
import { type Erasure, erasePerson } from '../wire/personal.ts'
import { type Row, titleOf } from '../wire/records.ts'
import classes from './personal.module.css'
import './words.ts'

interface EraseDialogProps {
  resource: KnownResource
  row: Row
  plan: Erasure
  onClose: () => void
}

/** What goes and what stays: whoever decides on it must be able to tell. */
function Told({ plan: { goes, stays, account } }: { plan: Erasure }) {
  return (
    <div className={classes['told']}>
      <section aria-labelledby="erase-goes">
        <h3 id="erase-goes">{t('personal.goes')}</h3>
        <dl>
          {goes.map(({ what, fields }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{fields.join(', ')}</dd>
            </div>
          ))}
        </dl>
        <p>{t('personal.goesText')}</p>
        {account === 'none' ? null : (
          <p>{t(account === 'erased' ? 'personal.accountErased' : 'personal.accountStays')}</p>
        )}
      </section>
      <section aria-labelledby="erase-stays">
        <h3 id="erase-stays">{t('personal.stays')}</h3>
        <dl>
          {stays.map(({ what, fields, because }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                {fields.join(', ')}
                <small>{because}</small>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

/** Why it cannot be done now. */
function NotYet({ plan, onClose }: { plan: Erasure; onClose: () => void }) {
  return (
    <>
      {plan.erased ? (
        <p>{t('personal.done')}</p>
      ) : (
        <Alert color="yellow" title={t('personal.notYet')}>
          <ul className={classes['reasons']}>
            {plan.objections.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('personal.close')}
        </Button>
      </Group>
    </>
  )
}

/** Asks why, and for the number on the card: nobody erases a person by a slip of the hand. */
function Decide({ resource, row, plan, onClose }: EraseDialogProps) {
  const org = useOrg()
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await erasePerson(org, resource.path, row.id, reason.trim())
      toast(t('personal.toast'))
      onClose()
      void refresh(org)
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setBusy(false)
    }
  }
  const isSure = typed.trim().toLowerCase() === plan.confirm.toLowerCase() && reason.trim().length >= 3
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Told plan={plan} />
      {refused ? (
        <Alert color="red" mb="md" role="alert">
          {refused}
        </Alert>
      ) : null}
      <TextInput
        label={t('personal.reason')}
        description={t('personal.reasonText')}
        value={reason}
        required
        maxLength={500}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        mt="md"
        label={t('personal.confirm', { confirm: plan.confirm })}
        value={typed}
        required
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" color="red" loading={isBusy} disabled={!isSure}>
          {t('personal.act')}
        </Button>
      </Group>
    </form>
  )
}

/** Before a person is erased: what stands in the way, or what goes, what stays, why, and whether one is sure. */
export function EraseDialog(props: EraseDialogProps) {
  useFocusBack()
  const { resource, row, plan, onClose } = props
  const isOpen = !plan.erased && plan.objections.length === 0
  return (
    <Modal opened onClose={onClose} title={t('personal.title', { title: titleOf(resource, row) })} size="lg">
      {isOpen ? <Decide {...props} /> : <NotYet plan={plan} onClose={onClose} />}
    </Modal>
  )
}
