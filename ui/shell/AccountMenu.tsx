import { Menu, useMantineColorScheme } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { initials } from '../parts/initials.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { sessionQuery } from '../wire/session.ts'
import classes from './shell.module.css'

const schemes = { auto: 'gear', light: 'sun', dark: 'moon' } as const

const Way = ({ icon, to, label }: { icon: string; to: LinkProps; label: string }) => (
  <Menu.Item leftSection={<Icon name={icon} size={16} />} renderRoot={(props) => <Link {...to} {...props} />}>
    {label}
  </Menu.Item>
)

/** The person's own corner: looks, help, and the way out. */
export function AccountMenu({ onHelp }: { onHelp?: () => void }) {
  const { user } = useSuspenseQuery(sessionQuery).data
  const org = useOrg()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="top-start" width="target">
      <Menu.Target>
        <button type="button" className={classes['account']} aria-label={t('shell.account', { name: user.name })}>
          <span className={classes['person']} data-initials={initials(user.name)} aria-hidden />
          <span data-name>{user.name}</span>
          <Icon name="dots" size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown miw="14rem">
        <Menu.Label>{user.email}</Menu.Label>
        <Way icon="user" to={links.account()} label={t('shell.yourAccount')} />
        {org ? <Way icon="key" to={links.person(org, 'me')} label={t('shell.mayDo')} /> : null}
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
      </Menu.Dropdown>
    </Menu>
  )
}
