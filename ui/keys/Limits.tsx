import { Alert, NativeSelect, Stack, TextInput } from '@mantine/core'
import { formatDate } from '../fields/format.ts'
import { t } from '../say.ts'
import { lastDayOf, type Span } from './asked.ts'
import { dayIn } from './lasting.ts'
import type { NewKey } from './use-new-key.ts'

const spans: readonly Span[] = ['day30', 'day90', 'day365', 'dayOther', 'dayNever']

/** How long the key works, and how much it may ask for. */
export function Limits({ form: { asked, set, errorOf } }: { form: NewKey }) {
  const last = lastDayOf(asked)
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('newKey.until')}
        maw="16rem"
        value={asked.span}
        data={spans.map((value) => ({ value, label: t(`newKey.${value}`) }))}
        description={last ? t('newKey.lasts', { day: formatDate(last) }) : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => set({ span: event.currentTarget.value as Span })}
      />
      {asked.span === 'dayOther' ? (
        <TextInput
          id="key-expires_on"
          type="date"
          label={t('newKey.untilDay')}
          maw="12rem"
          required
          min={dayIn(0)}
          max="2200-12-31"
          value={asked.day}
          error={errorOf('expires_on')}
          onChange={(event) => set({ day: event.currentTarget.value })}
        />
      ) : null}
      {asked.span === 'dayNever' ? (
        <Alert color="yellow" role="status">
          {t('newKey.forever')}
        </Alert>
      ) : null}
      <TextInput
        id="key-per_minute"
        label={t('newKey.perMinute')}
        description={t('newKey.perMinuteHelp')}
        maw="16rem"
        inputMode="numeric"
        autoComplete="off"
        value={asked.perMinute}
        error={errorOf('per_minute')}
        onChange={(event) => set({ perMinute: event.currentTarget.value })}
      />
    </Stack>
  )
}
