import { useQuery } from '@tanstack/react-query'
import { formatBytes } from '../fields/format.ts'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { type FileSettings, fileSettingsQuery } from '../wire/files.ts'
import classes from './room.module.css'
import './words.ts'

const nearlyFull = 0.9

/** Whether files are checked for viruses, and what becomes of them if not. */
function Check({ scanner: { state, without } }: Pick<FileSettings, 'scanner'>) {
  if (state === 'ready') return <State tone="good">{t('filesPage.checked')}</State>
  const text = state === 'away' ? t('filesPage.scannerAway') : t(`filesPage.notChecked.${without}`)
  return (
    <span className={classes['check']}>
      <State tone="warn">{state === 'away' ? t('filesPage.scannerAwayShort') : t('filesPage.unchecked')}</State>
      <span>{text}</span>
    </span>
  )
}

/** How much room the files take; for those who run the organization also where they are kept and what checks them. */
export function Room() {
  const catalog = useCatalog()
  const { data: settings } = useQuery(fileSettingsQuery(catalog.org.slug))
  if (!settings) return null
  const { used, quota, store } = settings
  const told = { used: formatBytes(used), quota: formatBytes(quota) }
  const isFull = used >= quota * nearlyFull
  const runsIt = catalog.actor.roles.includes('admin')
  return (
    <div className={classes['room']} role="note">
      {isFull ? (
        <State tone="warn">{t(used >= quota ? 'filesPage.full' : 'filesPage.nearlyFull', told)}</State>
      ) : (
        <span>{t('filesPage.used', told)}</span>
      )}
      {runsIt ? <span>{store === 's3' ? t('filesPage.onS3') : t('filesPage.onDisk')}</span> : null}
      {runsIt ? <Check scanner={settings.scanner} /> : null}
    </div>
  )
}
