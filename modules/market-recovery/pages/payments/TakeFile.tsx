import { ActButton, download, Icon, type Row, toastFailure, useOrg } from '@commonhall/ui'
import { t } from '../t.ts'

/** The bills of a released batch, for QuickBooks. The same file as often as it is taken. */
export function TakeFile({ row }: { row: Row }) {
  const org = useOrg()
  const isReady = ['released', 'exported', 'paid'].includes(String(row['state']))
  // Who may mark it as exported may take the file; the workflow's act is there while that is its next step.
  if (!isReady || row.can?.['export'] === undefined) return null
  return (
    <ActButton
      size="compact-md"
      variant="default"
      allowed={row.can['export']}
      leftSection={<Icon name="download" size={14} />}
      aria-label={t('payments.takeFile', { batch: row['number'] })}
      onClick={() => void download(`/orgs/${org}/payment-batches/${row.id}/iif`).catch(toastFailure)}
    >
      {t('payments.file')}
    </ActButton>
  )
}
