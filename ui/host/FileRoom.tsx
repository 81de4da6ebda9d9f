import { Button, Progress } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { useState } from 'react'
import { formatBytes } from '../fields/format.ts'
import { ActDialog } from '../record/ActDialog.tsx'
import { t } from '../say.ts'
import type { Act } from '../wire/catalog.ts'
import { actOnOrg, type WholeOrg } from '../wire/host.ts'
import classes from './host.module.css'

const gigabyte = 1_000_000_000

/** Asked in gigabytes, since nobody counts the zeros of bytes. */
const dialogOf = ({ name, files }: WholeOrg): Act => ({
  name: 'file-quota',
  label: t('host.setRoomTitle'),
  from: [],
  to: '',
  asks: {
    gigabytes: field.count({
      max: 9_000_000,
      ...(files.is_own ? { default: Math.round(files.quota / gigabyte) } : {}),
      label: t('host.gigabytes'),
      help: t('host.gigabytesHelp', { name, usual: formatBytes(files.usual_quota) }),
    }),
  },
})

/** How much room an org's files take, how much they may, and the way to change that. */
export function FileRoom({ org }: { org: WholeOrg }) {
  const [isOpen, setOpen] = useState(false)
  const { bytes, quota } = org.files
  const isFull = bytes >= quota
  const told = { used: formatBytes(bytes), quota: formatBytes(quota) }
  const set = async ({ gigabytes }: Readonly<Record<string, unknown>>) => {
    await actOnOrg(org.slug, 'file-quota', { bytes: gigabytes === null ? null : Number(gigabytes) * gigabyte })
  }
  return (
    <section className={classes['section']}>
      <header>
        <h2>{t('host.room')}</h2>
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t('host.setRoom')}
        </Button>
      </header>
      <Progress
        value={quota ? Math.min(100, (bytes / quota) * 100) : 100}
        color={isFull ? 'red' : ''}
        aria-hidden
        mb="xs"
      />
      <p>{t(isFull ? 'host.roomFull' : 'host.roomOf', told)}</p>
      {isOpen ? <ActDialog act={dialogOf(org)} module="host" onClose={() => setOpen(false)} onAct={set} /> : null}
    </section>
  )
}
