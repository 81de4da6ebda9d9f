import { Button, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatAgo, formatInstant } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { toast } from '../parts/toast.tsx'
import { Refused } from '../sign-in/Refused.tsx'
import { useTry } from '../sign-in/use-try.ts'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import {
  type Factors,
  factorsQuery,
  hasSecondStep,
  type Passkey,
  removePasskey,
  renamePasskey,
} from '../wire/factors.ts'
import { knowsPasskeys } from '../wire/passkey.ts'
import classes from './account.module.css'
import { Confirm } from './Confirm.tsx'
import { PasskeySetup } from './PasskeySetup.tsx'

const refresh = () => client.invalidateQueries({ queryKey: factorsQuery.queryKey })

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const { isBusy, failure, attempt } = useTry()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = `${new FormData(event.currentTarget).get('new-name')}`.trim()
    const isDone = await attempt(async () => {
      await renamePasskey(passkey.id, name)
      await refresh()
      toast(t('passkeys.renamed', { name }))
    })
    if (isDone) onDone()
  }
  return (
    <form onSubmit={(event) => void submit(event)} className={classes['rename']}>
      <Refused failure={failure} />
      <TextInput
        name="new-name"
        aria-label={t('passkeys.newName')}
        defaultValue={passkey.name}
        maxLength={80}
        required
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group gap="xs">
        <Button type="submit" loading={isBusy} size="xs">
          {t('passkeys.save')}
        </Button>
        <Button variant="default" size="xs" onClick={onDone}>
          {t('factors.cancel')}
        </Button>
      </Group>
    </form>
  )
}

const noteOf = ({ created_at: made, last_used_at: used, synced }: Passkey) =>
  [
    t('passkeys.added', { date: formatInstant(made) }),
    used ? t('passkeys.used', { ago: formatAgo(used) }) : t('passkeys.unused'),
    ...(synced ? [t('passkeys.synced')] : []),
  ].join(' · ')

function Line({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const [isRenaming, setRenaming] = useState(false)
  const { name } = passkey
  if (isRenaming)
    return (
      <li>
        <Icon name="key" />
        <Rename passkey={passkey} onDone={() => setRenaming(false)} />
      </li>
    )
  return (
    <li>
      <Icon name="key" />
      <div className={classes['what']}>
        <strong>{name}</strong>
        <span>{noteOf(passkey)}</span>
      </div>
      <Group gap={4} wrap="nowrap">
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('passkeys.renameOne', { name })}
          onClick={() => setRenaming(true)}
        >
          {t('passkeys.rename')}
        </Button>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={t('passkeys.removeOne', { name })}
          onClick={onRemove}
        >
          {t('factors.remove')}
        </Button>
      </Group>
    </li>
  )
}

interface PasskeysProps {
  factors: Factors
  onCodes: (codes: readonly string[]) => void
}

/** The passkeys that open this account. */
export function Passkeys({ factors, onCodes }: PasskeysProps) {
  const { passkeys } = factors
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Passkey>()
  const isLast = leaving && !hasSecondStep({ ...factors, passkeys: passkeys.filter(({ id }) => id !== leaving.id) })
  const done = async (name: string, codes: readonly string[]) => {
    await refresh()
    toast(t('passkeys.done', { name }))
    setAdding(false)
    if (codes.length) onCodes(codes)
  }
  return (
    <>
      <h3>{t('passkeys.title')}</h3>
      <Text c="dimmed" size="sm">
        {t('passkeys.text')}
      </Text>
      {passkeys.length ? (
        <ul className={classes['lines']}>
          {passkeys.map((one) => (
            <Line key={one.id} passkey={one} onRemove={() => setLeaving(one)} />
          ))}
        </ul>
      ) : null}
      {isAdding ? (
        <PasskeySetup onDone={done} onCancel={() => setAdding(false)} />
      ) : knowsPasskeys() ? (
        <Button
          variant={hasSecondStep(factors) ? 'default' : 'filled'}
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setAdding(true)}
        >
          {t('passkeys.add')}
        </Button>
      ) : (
        <Text size="sm">{t('passkeys.notHere')}</Text>
      )}
      {leaving ? (
        <Confirm
          title={t('passkeys.removeTitle', { name: leaving.name })}
          text={t('passkeys.removeText')}
          act={t('factors.remove')}
          isDanger
          onClose={() => setLeaving(undefined)}
          onAct={async () => {
            await removePasskey(leaving.id)
            await refresh()
            toast(t('passkeys.removed', { name: leaving.name }))
          }}
        >
          {isLast ? <Text fw={600}>{t('factors.removeLast')}</Text> : null}
        </Confirm>
      ) : null}
    </>
  )
}
