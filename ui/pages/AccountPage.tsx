import { Anchor, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSingleKeys } from '../keyboard.ts'
import { links } from '../links.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { usePreference } from '../preferences.ts'
import { t } from '../say.ts'
import { sessionQuery } from '../wire/session.ts'
import classes from './account.module.css'

function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className={classes['section']}>
      <div>
        <h2>{title}</h2>
        {text ? <Text c="dimmed">{text}</Text> : null}
      </div>
      <div>{children}</div>
    </section>
  )
}

function Looks() {
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

/** Who one is here, where one belongs, and how it should look. */
export function AccountPage() {
  const { user, orgs } = useSuspenseQuery(sessionQuery).data
  return (
    <main className={classes['page']}>
      <PageHead title={t('shell.yourAccount')} trail={<Trail to={links.orgs()} label={t('account.back')} />} />
      <Section title={t('account.you')}>
        <Text fw={600}>{user.name}</Text>
        <Text c="dimmed">{user.email}</Text>
        <Anchor renderRoot={(props) => <Link {...links.forgotPassword()} {...props} />}>{t('account.password')}</Anchor>
      </Section>
      <Section title={t('shell.orgs')}>
        <ul className={classes['orgs']}>
          {orgs.map(({ slug, name, roles }) => (
            <li key={slug}>
              <Anchor renderRoot={(props) => <Link {...links.home(slug)} {...props} />}>{name}</Anchor>
              <Text c="dimmed" size="sm">
                {roles.join(', ')}
              </Text>
            </li>
          ))}
        </ul>
      </Section>
      <Looks />
    </main>
  )
}
