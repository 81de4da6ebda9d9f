import { Button, Radio, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { field } from '@commonhall/kernel'
import { check, download, FormFields, Icon, PageHead, startOf, toastFailure, useDraft, useOrg } from '@commonhall/ui'
import classes from './ledger.module.css'
import { t } from './t.ts'

const formats = ['iif', 'hledger', 'beancount'] as const

const days = { from: field.date({ label: 'First day' }), until: field.date({ label: 'Last day' }) }

/** The journal of a period as a file for another program. */
export default function TakeOutPage() {
  const org = useOrg()
  const draft = useDraft(days, startOf(days))
  const [format, setFormat] = useState<string>('iif')
  const take = async (event: FormEvent) => {
    event.preventDefault()
    const { values, errors } = check(days, draft.values)
    if (errors.length) return draft.fail(errors)
    const query = new URLSearchParams({ format })
    for (const [name, value] of Object.entries(values)) if (value) query.set(name, String(value))
    try {
      await download(`/orgs/${org}/ledger/export?${query.toString()}`)
    } catch (failure) {
      toastFailure(failure)
    }
  }
  return (
    <>
      <PageHead title={t('takeOut')} />
      <form className={classes['form']} onSubmit={(event) => void take(event)} noValidate>
        <p className={classes['quiet']}>{t('intro')}</p>
        <Radio.Group label={t('program')} value={format} onChange={setFormat}>
          <Stack gap="xs" mt="xs">
            {formats.map((one) => (
              <Radio key={one} value={one} label={t(one)} {...(one === 'iif' ? { description: t('iifHelp') } : {})} />
            ))}
          </Stack>
        </Radio.Group>
        <FormFields fields={days} names={['from', 'until']} draft={draft} prefix="books-" module="ledger" />
        <p className={classes['quiet']}>{t('period')}</p>
        <Button type="submit" leftSection={<Icon name="download" size={16} />}>
          {t('take')}
        </Button>
      </form>
    </>
  )
}
