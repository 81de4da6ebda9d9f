import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, type LinkProps, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { keep } from '../preferences.ts'
import { t } from '../say.ts'
import { AccountMenu } from '../shell/AccountMenu.tsx'
import shell from '../shell/shell.module.css'
import { sessionQuery } from '../wire/session.ts'
import classes from './host-shell.module.css'
import './words.ts'

interface EntryProps {
  to: LinkProps
  icon: string
  label: string
  /** What is below it is somewhere else in the address. */
  isAbove?: boolean
}

const Entry = ({ to, icon, label, isAbove = false }: EntryProps) => (
  <li>
    <Link
      {...to}
      className={`${shell['link']} ${isAbove ? classes['above'] : ''}`}
      activeOptions={{ exact: true, includeSearch: false }}
    >
      <Icon name={icon} /> {label}
    </Link>
  </li>
)

function Places() {
  const { orgs } = useSuspenseQuery(sessionQuery).data
  const own = orgs.find(({ slug }) => slug === keep.read('lastOrg')) ?? orgs[0]
  const isAbove = useRouterState({ select: (state) => state.location.pathname.startsWith('/host/orgs') })
  return (
    <ul className={classes['places']}>
      <Entry to={links.host()} icon="building" label={t('host.orgs')} isAbove={isAbove} />
      <Entry to={links.hostActs()} icon="history" label={t('host.acts')} />
      <Entry to={links.hostJobs()} icon="clock" label={t('hostJobs.title')} />
      <Entry to={links.hostHealth()} icon="chart" label={t('host.health')} />
      {own ? <Entry to={links.home(own.slug)} icon="back" label={t('host.backToOrg', { name: own.name })} /> : null}
    </ul>
  )
}

/** Moves the focus to a page that was navigated to, so that keys and screen readers start there. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current && path && before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path])
  return main
}

/** The frame of the host's console: no org is open, so nothing of an org's frame stands here. */
export default function HostShell() {
  const main = useFocusOnArrival()
  // No org lends its color here.
  useEffect(() => keep.write('accent', 'teal'), [])
  return (
    <div className={shell['shell']}>
      <a className={shell['skip']} href="#main">
        {t('shell.skip')}
      </a>
      <nav className={`${shell['side']} ${classes['side']}`} aria-label={t('host.navigation')}>
        <Link {...links.host()} className={classes['brand'] ?? ''}>
          <img src="/mark.svg" alt="" width={28} height={28} />
          <span>
            <strong>{t('shell.name')}</strong>
            {t('host.title')}
          </span>
        </Link>
        <Places />
        <div className={classes['account']}>
          <AccountMenu />
        </div>
      </nav>
      <main id="main" className={shell['main']} ref={main} tabIndex={-1}>
        <div className={shell['column']}>
          <Outlet />
        </div>
      </main>
    </div>
  )
}
