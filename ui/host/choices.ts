import { field } from '@commonhall/kernel'
import { accents } from '../theme/theme.ts'
import { t } from '../say.ts'

/** Time zones by name, those of North America first: most of our orgs are there. */
function timeZones(): [string, ...string[]] {
  const all = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'))
  const [near, far] = [/^(America|Pacific\/Honolulu)/, /^(?!America|Pacific\/Honolulu)/].map((side) =>
    all.filter((name) => side.test(name)),
  )
  return [...(near ?? []), ...(far ?? [])] as [string, ...string[]]
}

const [firstAccent = 'teal', ...otherAccents] = Object.keys(accents)

export const colorField = (chosen: string) =>
  field.choice([firstAccent, ...otherAccents], { label: t('host.color'), required: true, default: chosen })

export const timeZoneField = (chosen: string) =>
  field.choice([chosen, ...timeZones().filter((name) => name !== chosen)], {
    label: t('host.timeZone'),
    required: true,
    default: chosen,
  })
