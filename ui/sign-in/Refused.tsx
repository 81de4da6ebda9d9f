import { Alert, Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../say.ts'
import { Problem } from '../wire/http.ts'
import { PasskeyTrouble } from '../wire/passkey.ts'

/** Why it did not work, in words. */
export const reasonOf = (failure: unknown) =>
  failure instanceof Problem || failure instanceof PasskeyTrouble ? failure.message : t('problem.page')

/** The same page at the address that has passkeys, if the server names one. */
function nameOf(failure: unknown): string | undefined {
  const address = failure instanceof Problem && failure.code === 'passkey_address' ? failure.members['address'] : ''
  return typeof address === 'string' && address ? `${address}${location.pathname}${location.search}` : undefined
}

/** What went wrong, above what is tried again. Nothing is said of what the person stopped themselves. */
export function Refused({ failure, children }: { failure: unknown; children?: ReactNode }) {
  if (!failure || (failure instanceof PasskeyTrouble && failure.isSilent)) return null
  const instead = nameOf(failure)
  return (
    <Alert color="red" role="alert">
      {reasonOf(failure)}
      {instead ? (
        <>
          {' '}
          <Anchor href={instead} underline="always" inherit>
            {t('passkey.openName', { url: new URL(instead).origin })}
          </Anchor>
          {'.'}
        </>
      ) : null}
      {children}
    </Alert>
  )
}
