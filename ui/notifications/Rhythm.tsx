import { Anchor, NativeSelect, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Section } from '../account/Section.tsx'
import { t } from '../say.ts'
import type { NotificationSettings, Quiet } from '../wire/notifications.ts'
import classes from './notifications.module.css'
import type { Change } from './use-settings.ts'

interface RhythmProps {
  settings: NotificationSettings
  change: Change
}

const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
/** Where this device is. */
const here = new Intl.DateTimeFormat().resolvedOptions().timeZone
const weekdays = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })

/** `21:00` as people read it. */
const spoken = (time: string) => clock.format(Date.parse(`2024-01-01T${time}:00Z`))

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: `${hour}`,
  label: spoken(`${hour}`.padStart(2, '0') + ':00'),
}))
/** January 1, 2024, was a Monday. */
const days = Array.from({ length: 7 }, (_, at) => ({
  value: `${at + 1}`,
  label: weekdays.format(Date.UTC(2024, 0, 1 + at)),
}))

function Digest({ settings: { digest }, change }: RhythmProps) {
  const save = (changed: Partial<typeof digest>) => change({ digest: changed }, t('notify.savedDigest'))
  return (
    <Section title={t('notify.digest')} text={t('notify.digestText')}>
      <div className={classes['pair']}>
        <NativeSelect
          label={t('notify.hour')}
          value={`${digest.hour}`}
          data={hours}
          onChange={(event) => save({ hour: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={t('notify.weekday')}
          value={`${digest.weekday}`}
          data={days}
          onChange={(event) => save({ weekday: Number(event.currentTarget.value) })}
        />
      </div>
    </Section>
  )
}

const usual: Quiet = { from: '21:00', until: '07:00' }

function QuietHours({ settings: { quiet }, change }: RhythmProps) {
  const [last, setLast] = useState(quiet ?? usual)
  const save = (next: Quiet | null) => {
    if (next) setLast(next)
    const said = next
      ? t('notify.savedQuiet', { from: spoken(next.from), until: spoken(next.until) })
      : t('notify.savedNoQuiet')
    change({ quiet: next }, said)
  }
  const time = (name: keyof Quiet) => (
    <TextInput
      // A time is saved once it is whole and left, not with every figure that is typed.
      key={`${name} ${quiet?.[name]}`}
      type="time"
      step={900}
      label={t(`notify.${name}`)}
      defaultValue={quiet?.[name]}
      onBlur={({ currentTarget: { value } }) => {
        const next = { ...last, ...quiet, [name]: value }
        if (value && value !== quiet?.[name] && next.from !== next.until) save(next)
      }}
    />
  )
  return (
    <Section title={t('notify.quiet')} text={t('notify.quietText')}>
      <Switch
        label={t('notify.quietOn')}
        checked={quiet !== null}
        onChange={(event) => save(event.currentTarget.checked ? last : null)}
      />
      {quiet ? (
        <div className={classes['pair']}>
          {time('from')}
          {time('until')}
        </div>
      ) : null}
    </Section>
  )
}

const plain = (zone: string) => zone.replaceAll('_', ' ')

function Zone({ settings, change }: RhythmProps) {
  const zones = [...new Set([settings.time_zone, ...settings.time_zones])].toSorted()
  const save = (zone: string) => change({ time_zone: zone }, t('notify.savedZone', { zone: plain(zone) }))
  return (
    <Section title={t('notify.zone')} text={t('notify.zoneText')}>
      <Select
        aria-label={t('notify.zone')}
        data={zones.map((zone) => ({ value: zone, label: plain(zone) }))}
        value={settings.time_zone}
        onChange={(zone) => zone && zone !== settings.time_zone && save(zone)}
        searchable
        allowDeselect={false}
        limit={50}
        nothingFoundMessage={t('notify.zoneNone')}
        w="min(20rem, 100%)"
        comboboxProps={{ shadow: 'md', transitionProps: { duration: 80 }, withinPortal: false }}
        withScrollArea={false}
        styles={{ options: { maxHeight: '15rem', overflowY: 'auto' } }}
        checkIconPosition="right"
      />
      {here !== settings.time_zone && zones.includes(here) ? (
        <Anchor component="button" type="button" size="sm" onClick={() => save(here)}>
          {t('notify.useHere', { zone: plain(here) })}
        </Anchor>
      ) : null}
    </Section>
  )
}

/** When mail comes, and when it does not. */
export const Rhythm = (props: RhythmProps) => (
  <>
    <Digest {...props} />
    <QuietHours {...props} />
    <Zone {...props} />
  </>
)
