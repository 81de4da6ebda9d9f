import { Button } from '@mantine/core'
import { download, Icon, type Row, toastFailure, useCatalog } from '@commonhall/ui'
import { t } from '../t.ts'

/** The bills of a released batch, for QuickBooks. The same file as often as it is taken. */
export function TakeFile({ row, size = 'compact-md' }: { row: Row; size?: 'compact-md' | 'sm' }) {
  const { org, resources } = useCatalog()
  const isReady = ['released', 'exported', 'paid'].includes(String(row['state']))
  if (!isReady || resources['market-recovery.payment-batch']?.permissions.create !== true) return null
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<Icon name="download" size={14} />}
      aria-label={t('payments.takeFile', { batch: row['number'] })}
      onClick={() => void download(`/orgs/${org.slug}/payment-batches/${row.id}/iif`).catch(toastFailure)}
    >
      {t('payments.file')}
    </Button>
  )
}
