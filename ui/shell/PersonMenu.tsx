import { Menu, useMantineColorScheme } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { sessionQuery } from '../wire/session.ts'
import { OpeningMenu } from './OpeningMenu.tsx'
import type { MenuButton } from './ShellMenu.tsx'

const schemes = { auto: 'gear', light: 'sun', dark: 'moon' } as const

const Way = ({ icon, to, label }: { icon: string; to: LinkProps; label: string }) => (
  <Menu.Item leftSection={<Icon name={icon} size={16} />} renderRoot={(props) => <Link {...to} {...props} />}>
    {label}
  </Menu.Item>
)

interface PersonMenuProps {
  button: MenuButton
  onHelp?: (() => void) | undefined
}

/** The person's own ways: account, looks, help, and the way out. */
export default function PersonMenu({ button, onHelp }: PersonMenuProps) {
  const { user } = useSuspenseQuery(sessionQuery).data
  const org = useOrg()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <OpeningMenu button={button} position="top-start">
      <Menu.Label>{user.email}</Menu.Label>
      <Way icon="user" to={links.account()} label={t('shell.yourAccount')} />
      {org ? <Way icon="key" to={links.person(org, 'me')} label={t('shell.mayDo')} /> : null}
      {org ? <Way icon="bell" to={links.notifications(org)} label={t('shell.notifications')} /> : null}
      {user.is_host ? <Way icon="building" to={links.host()} label={t('shell.host')} /> : null}
      {onHelp ? (
        <Menu.Item leftSection={<Icon name="keyboard" size={16} />} onClick={onHelp}>
          {t('shell.shortcuts')}
        </Menu.Item>
      ) : null}
      <Menu.Divider />
      <Menu.Label>{t('shell.looks')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon name={schemes[scheme]} size={16} />}>
            {t(`shell.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Way icon="signout" to={links.logout()} label={t('shell.signOut')} />
    </OpeningMenu>
  )
}
