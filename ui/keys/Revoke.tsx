import { Text } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '../account/Confirm.tsx'
import '../account/words.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type Allowed, useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { type Key, revokeKey } from '../wire/keys.ts'

interface RevokeProps {
  row: Key
  allowed: Allowed
  size?: 'sm' | 'compact-sm'
}

/** Ends a key for good, once it is certain that this is meant. */
export function Revoke({ row, allowed, size = 'compact-sm' }: RevokeProps) {
  const org = useOrg()
  const [isAsked, setAsked] = useState(false)
  const { name } = row
  const revoke = async () => {
    await revokeKey(org, row.id)
    toast(t('apiKeys.revokedToast', { name }))
    await client.invalidateQueries({ queryKey: ['org', org] })
    // The button is gone with the key; the page's title is where reading goes on.
    document.querySelector<HTMLElement>('[data-page-title]')?.focus()
  }
  return (
    <>
      <ActButton
        variant="default"
        size={size}
        allowed={allowed}
        aria-label={t('apiKeys.revokeOne', { name })}
        onClick={() => setAsked(true)}
      >
        {t('apiKeys.revoke')}
      </ActButton>
      {isAsked ? (
        <Confirm
          title={t('apiKeys.revokeTitle', { name })}
          text={t('apiKeys.revokeText')}
          act={t('apiKeys.revoke')}
          isDanger
          onAct={revoke}
          onClose={() => setAsked(false)}
        >
          <Text c="dimmed" size="sm">
            {t('apiKeys.revokeKeep')}
          </Text>
        </Confirm>
      ) : null}
    </>
  )
}
