import { t } from '../say.ts'

/** What this device is likely to be called by the person who holds it. */
export function deviceName(agent = navigator.userAgent): string {
  if (/iPhone/.test(agent)) return t('device.iphone')
  if (/iPad/.test(agent)) return t('device.ipad')
  if (/Android/.test(agent)) return t('device.android')
  if (/Mac OS X/.test(agent)) return t('device.mac')
  if (/Windows/.test(agent)) return t('device.windows')
  return /Linux/.test(agent) ? t('device.linux') : t('device.other')
}
