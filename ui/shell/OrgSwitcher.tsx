import { Menu } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { initials } from '../parts/initials.ts'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { sessionQuery } from '../wire/session.ts'
import classes from './shell.module.css'

/** Which org one is in, and the way to the others. */
export function OrgSwitcher() {
  const { org } = useCatalog()
  const { orgs } = useSuspenseQuery(sessionQuery).data
  return (
    <Menu width="target" position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes['org']} aria-label={t('shell.switchOrg', { name: org.name })}>
          <span className={classes['mark']} data-initials={initials(org.name)} aria-hidden />
          <strong>{org.name}</strong>
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown miw="14rem">
        <Menu.Label>{t('shell.orgs')}</Menu.Label>
        {orgs.map(({ slug, name }) => (
          <Menu.Item
            key={slug}
            rightSection={slug === org.slug ? <Icon name="check" size={16} /> : null}
            renderRoot={(props) => (
              <Link {...links.home(slug)} {...props} {...(slug === org.slug ? { 'aria-current': 'true' } : {})} />
            )}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
