import { Ago } from '../parts/Ago.tsx'
import { t } from '../say.ts'
import type { Key } from '../wire/keys.ts'

/** When a key was last used, and from where. */
export function LastUse({ row: { last_used_at: at, last_used_from: from } }: { row: Key }) {
  if (!at) return <span data-quiet>{t('apiKeys.never')}</span>
  return (
    <>
      <Ago at={at} />
      {from ? <span data-quiet> {t('apiKeys.from', { address: from })}</span> : null}
    </>
  )
}
