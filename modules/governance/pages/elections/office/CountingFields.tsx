import { NativeSelect, NumberInput, Stack } from '@mantine/core'
import { t } from '../t.ts'

/** What may be set otherwise than usual. What is left out is counted as usual. */
export type CountingOptions = Readonly<Record<string, string | number>>

type NumberName = 'max_score' | 'votes_per_ballot'

const quotas = ['droop-whole', 'droop-fractional', 'hare-whole', 'hare-fractional'] as const
const overvotes = ['exhaust', 'skip'] as const
const ties = ['drawn-order', 'ask'] as const

const usual = () => ({ value: '', label: t('office.counting.usual') })

interface CountingFieldsProps {
  readonly method: string
  readonly options: CountingOptions
  readonly onChange: (next: CountingOptions) => void
}

/** The rules of counting that a method has, each explained; all of them may stay as usual. */
export function CountingFields({ method, options, onChange }: CountingFieldsProps) {
  const set = (name: string, value: string | number) => {
    const { [name]: _, ...rest } = options
    onChange(value === '' ? rest : { ...rest, [name]: value })
  }
  const count = (name: NumberName) => (
    <NumberInput
      id={`counting-${name}`}
      label={t(`office.counting.${name}`)}
      description={t(`office.counting.${name}Help`)}
      min={1}
      max={100}
      allowDecimal={false}
      maw="12rem"
      value={options[name] ?? ''}
      onChange={(value) => set(name, value)}
    />
  )
  const isRanked = method === 'stv' || method === 'irv'
  return (
    <Stack gap="md">
      {method === 'score' ? count('max_score') : null}
      {method === 'cumulative' ? count('votes_per_ballot') : null}
      {method === 'stv' ? (
        <NativeSelect
          id="counting-quota"
          label={t('office.counting.quota')}
          description={t('office.counting.quotaHelp')}
          data={[usual(), ...quotas.map((value) => ({ value, label: t(`office.counting.quotas.${value}`) }))]}
          value={String(options['quota'] ?? '')}
          onChange={(event) => set('quota', event.currentTarget.value)}
        />
      ) : null}
      {isRanked ? (
        <NativeSelect
          id="counting-overvote"
          label={t('office.counting.overvote')}
          description={t('office.counting.overvoteHelp')}
          data={[usual(), ...overvotes.map((value) => ({ value, label: t(`office.counting.overvotes.${value}`) }))]}
          value={String(options['overvote'] ?? '')}
          onChange={(event) => set('overvote', event.currentTarget.value)}
        />
      ) : null}
      {method === 'yes-no' ? null : (
        <NativeSelect
          id="counting-tie"
          label={t('office.counting.tie')}
          description={t('office.counting.tieHelp')}
          data={[usual(), ...ties.map((value) => ({ value, label: t(`office.counting.ties.${value}`) }))]}
          value={String(options['tie'] ?? '')}
          onChange={(event) => set('tie', event.currentTarget.value)}
        />
      )}
    </Stack>
  )
}
