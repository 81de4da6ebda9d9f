import { Button, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Section } from '../account/Section.tsx'
import { ErrorSummary } from '../form/ErrorSummary.tsx'
import { UnsavedGuard } from '../form/UnsavedGuard.tsx'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { useCatalog, useOrg } from '../wire/catalog.ts'
import { accountsQuery } from '../wire/keys.ts'
import type { Row } from '../wire/records.ts'
import { type Explanation, explanationQuery, type Matrix, matrixQuery } from '../wire/roles.ts'
import { ActsAs } from './ActsAs.tsx'
import { KeyBox } from './KeyBox.tsx'
import classes from './new-key.module.css'
import { Limits } from './Limits.tsx'
import { mayI } from './may.ts'
import { ScopePicker } from './ScopePicker.tsx'
import { type NewKey, useNewKey } from './use-new-key.ts'

interface FormProps {
  me: Explanation
  matrix: Matrix
  accounts: readonly Row[]
}

/** Whom the key acts as, in words. */
function useOwnerName({ asked }: NewKey, accounts: readonly Row[]): string {
  const { actor } = useCatalog()
  if (asked.who === 'me') return actor.name
  const known = accounts.find(({ id }) => id === asked.account)
  const name = asked.who === 'account' ? `${known?.['name'] ?? ''}` : asked.accountName
  return name.trim() || t('newKey.thisAccount')
}

function Form({ me, matrix, accounts }: FormProps) {
  const org = useOrg()
  const [first] = accounts
  const form = useNewKey(first ? { who: 'account', account: first.id } : {}, me, matrix)
  const { asked, set, errorOf } = form
  const owner = useOwnerName(form, accounts)
  if (form.made) return <KeyBox made={form.made} />
  return (
    <form className={classes['form']} onSubmit={(event) => void form.submit(event)} noValidate>
      <PageHead title={t('newKey.title')} trail={<Trail to={links.keys(org)} label={t('apiKeys.title')} />} />
      <ErrorSummary errors={form.errors} prefix="key-" failures={form.failures} />
      <Section title={t('newKey.purpose')} text={t('newKey.purposeText')}>
        <TextInput
          id="key-name"
          label={t('newKey.name')}
          description={t('newKey.nameHelp')}
          w="100%"
          maw="28rem"
          value={asked.name}
          maxLength={100}
          required
          autoComplete="off"
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Section>
      <Section title={t('newKey.actsAs')} text={t('newKey.actsAsText')}>
        <ActsAs form={form} accounts={accounts} matrix={matrix} />
      </Section>
      <Section title={t('newKey.scopes')} text={t('newKey.scopesText')}>
        <ScopePicker form={form} owner={owner} />
      </Section>
      <Section title={t('newKey.limits')} text={t('newKey.limitsText')}>
        <Limits form={form} />
      </Section>
      <div className={classes['foot']}>
        <Button variant="default" renderRoot={(props) => <Link {...links.keys(org)} {...props} />}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" loading={form.isBusy}>
          {t('newKey.create')}
        </Button>
      </div>
      <UnsavedGuard isDirty={form.isDirty} />
    </form>
  )
}

/** Makes a key: for what, as whom, for what it may do, for how long. */
export function NewKeyPage() {
  const org = useOrg()
  const { data: me, error } = useQuery(explanationQuery(org, 'me'))
  const { data: matrix, error: noMatrix } = useQuery(matrixQuery(org))
  const { data: accounts, error: noAccounts } = useQuery(accountsQuery(org))
  const allowed = me ? mayI(me, 'foundation.api_key.create') : true
  if (allowed !== true) return <Empty icon="lock" title={t('problem.forbiddenTitle')} text={allowed} isPage />
  const open = accounts?.data.filter(({ state }) => state !== 'disabled')
  if (me && matrix && open) return <Form me={me} matrix={matrix} accounts={open} />
  const failure = error ?? noMatrix ?? noAccounts
  return failure ? <Trouble failure={failure} isPage /> : <Skeleton height={420} mt="2.5rem" aria-busy />
}
