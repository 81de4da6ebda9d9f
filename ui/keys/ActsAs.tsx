import { Checkbox, NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import type { Matrix } from '../wire/roles.ts'
import classes from './new-key.module.css'
import type { NewKey } from './use-new-key.ts'

interface ActsAsProps {
  form: NewKey
  accounts: readonly Row[]
  matrix: Matrix
}

const Which = ({ form: { asked, set }, accounts }: Pick<ActsAsProps, 'form' | 'accounts'>) => (
  <div className={classes['inset']}>
    <NativeSelect
      id="key-account"
      label={t('newKey.whichAccount')}
      value={asked.account}
      onChange={(event) => set({ account: event.currentTarget.value })}
      data={accounts.map(({ id, ...row }) => ({
        value: id,
        label: [row['name'], row['roles']].filter(Boolean).join(' · '),
      }))}
    />
  </div>
)

const NewAccount = ({ form: { asked, set, errorOf }, matrix }: Pick<ActsAsProps, 'form' | 'matrix'>) => (
  <div className={classes['inset']}>
    <TextInput
      id="key-accountName"
      label={t('newKey.accountName')}
      description={t('newKey.accountNameHelp')}
      value={asked.accountName}
      maxLength={100}
      required
      autoComplete="off"
      error={errorOf('accountName')}
      onChange={(event) => set({ accountName: event.currentTarget.value })}
    />
    <Checkbox.Group
      label={t('newKey.roles')}
      value={[...asked.roles]}
      onChange={(roles) => set({ roles })}
      required
      error={errorOf('roles')}
    >
      <div id="key-roles" className={classes['boxes']} tabIndex={-1}>
        {matrix.roles.map(({ id, label }) => (
          <Checkbox key={id} value={id} label={label} />
        ))}
      </div>
    </Checkbox.Group>
  </div>
)

/** Whom the key acts as: an account for programs, there already or made along, or oneself. */
export function ActsAs({ form, accounts, matrix }: ActsAsProps) {
  const { actor } = useCatalog()
  const { asked, set, errorOf } = form
  return (
    <Radio.Group
      id="key-owner"
      aria-label={t('newKey.actsAs')}
      value={asked.who}
      onChange={(who) => set({ who })}
      error={errorOf('owner')}
    >
      <Stack gap="sm">
        {accounts.length ? (
          <Radio value="account" label={t('newKey.account')} description={t('newKey.accountHelp')} />
        ) : null}
        {asked.who === 'account' ? <Which form={form} accounts={accounts} /> : null}
        <Radio
          value="new"
          label={t('newKey.newAccount')}
          description={t(accounts.length ? 'newKey.newAccountHelp' : 'newKey.accountHelp')}
        />
        {asked.who === 'new' ? <NewAccount form={form} matrix={matrix} /> : null}
        <Radio value="me" label={t('newKey.me', { name: actor.name })} description={t('newKey.meHelp')} />
      </Stack>
    </Radio.Group>
  )
}
