import { Button } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { download } from '../wire/download.ts'
import { open, queryString } from '../wire/http.ts'
import type { Asked } from './asked.ts'
import classes from './reports.module.css'

const formats = ['csv', 'xlsx', 'pdf'] as const

/** A print is made before its first byte comes, so the page waits for it; a sheet streams, and the browser shows it. */
async function fetchPrint(path: string): Promise<void> {
  const reply = await open('GET', path)
  const name = /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? 'report.pdf'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await reply.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The whole report as a file. */
export function Downloads({ path, title, asked }: { path: string; title: string; asked: Asked }) {
  const [busy, setBusy] = useState<string>()
  const take = async (format: (typeof formats)[number]) => {
    setBusy(format)
    const from = `${path}${queryString({ ...asked, format })}`
    await (format === 'pdf' ? fetchPrint(from) : download(from)).catch(toastFailure)
    setBusy(undefined)
  }
  return (
    <div className={classes['files']} role="group" aria-label={t('reports.files')}>
      {formats.map((format) => (
        <Button
          key={format}
          variant="default"
          loading={busy === format}
          aria-label={t('reports.asFile', { title, format: t(`reports.${format}`) })}
          onClick={() => void take(format)}
          leftSection={<Icon name="download" size={16} />}
        >
          {t(`reports.${format}`)}
        </Button>
      ))}
      <span className={classes['hidden']} role="status">
        {busy ? t('reports.preparing', { format: t(`reports.${busy as 'pdf'}`) }) : ''}
      </span>
    </div>
  )
}
