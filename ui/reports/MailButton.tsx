import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { type KnownReport, resourceByPath, useCatalog } from '../wire/catalog.ts'
import type { Asked } from './asked.ts'

const MailDialog = lazy(() => import('./MailDialog.tsx'))

/** A report that comes by itself: every week or month, to whom it is meant for. */
export function MailButton({ report, asked }: { report: KnownReport; asked: Asked }) {
  const [opened, { open, close }] = useDisclosure(false)
  if (resourceByPath(useCatalog(), 'report-schedules')?.permissions.create !== true) return null
  return (
    <>
      <Button variant="default" onClick={open} leftSection={<Icon name="mail" size={16} />}>
        {t('reports.mail.act')}
      </Button>
      {opened ? (
        <Suspense>
          <MailDialog report={report} asked={asked} onClose={close} />
        </Suspense>
      ) : null}
    </>
  )
}
