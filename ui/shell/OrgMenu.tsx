import { Menu } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { sessionQuery } from '../wire/session.ts'
import { OpeningMenu } from './OpeningMenu.tsx'
import type { MenuButton } from './ShellMenu.tsx'

/** The way to the other orgs. */
export default function OrgMenu({ button }: { button: MenuButton }) {
  const { org } = useCatalog()
  const { orgs } = useSuspenseQuery(sessionQuery).data
  return (
    <OpeningMenu button={button} position="bottom-start">
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
    </OpeningMenu>
  )
}
