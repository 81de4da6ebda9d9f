import { SegmentedControl, Stack, Switch, useMantineColorScheme } from '@mantine/core'
import { useSingleKeys } from '../keyboard.ts'
import { usePreference } from '../preferences.ts'
import { t } from '../say.ts'
import { Section } from './Section.tsx'

/** How it should look, on this device. */
export function Looks() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = usePreference('density')
  const [singleKeys, setSingleKeys] = useSingleKeys()
  return (
    <Section title={t('account.looks')} text={t('account.looksText')}>
      <Stack gap="md" align="start">
        <SegmentedControl
          aria-label={t('shell.looks')}
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme)}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`shell.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('account.density')}
          value={density ?? 'roomy'}
          onChange={(value) => setDensity(value)}
          data={(['roomy', 'compact'] as const).map((value) => ({ value, label: t(`account.${value}`) }))}
        />
        <Switch
          label={t('keys.single')}
          description={t('keys.singleHelp')}
          checked={singleKeys !== false}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
      </Stack>
    </Section>
  )
}
