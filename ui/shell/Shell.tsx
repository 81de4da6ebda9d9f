import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { type Shortcut, useKeyboard, useShortcuts } from '../keyboard.ts'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import { keep, usePreference } from '../preferences.ts'
import { t } from '../say.ts'
import { type Catalog, useCatalog } from '../wire/catalog.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { Bell } from './Bell.tsx'
import bell from './bell.module.css'
import { Navigation } from './Navigation.tsx'
import { OrgSwitcher } from './OrgSwitcher.tsx'
import classes from './shell.module.css'
import { SideDrawer } from './SideDrawer.tsx'

const palettePage = () => import('./Palette.tsx')
const Palette = lazy(palettePage)
const nextPages = [
  () => import('../pages/ListPage.tsx'),
  () => import('../pages/RecordPage.tsx'),
  () => import('../pages/FormPage.tsx'),
  () => import('./HelpSheet.tsx'),
  // The message that the server is away cannot be fetched from a server that is away.
  () => import('../parts/Toaster.tsx'),
]
const livePage = () => import('../live/LiveLayer.tsx')
const HelpSheet = lazy(() => import('./HelpSheet.tsx'))

/** `g` and the first free letter of each list leads there. */
function goKeys({ org, resources }: Catalog, go: (path: string) => void): Shortcut[] {
  const taken = new Set(['h', 'i'])
  return Object.values(resources)
    .filter(({ permissions }) => permissions.read === true)
    .flatMap(({ plural, path }) => {
      const letter = plural
        .toLowerCase()
        .split('')
        .find((one) => /[a-z]/.test(one) && !taken.has(one))
      if (!letter || !org) return []
      taken.add(letter)
      return [{ keys: `g ${letter}`, label: plural, group: t('keys.go'), run: () => go(path) }]
    })
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

function useShellKeys(open: { palette: () => void; help: () => void }) {
  const catalog = useCatalog()
  const navigate = useNavigate()
  const org = catalog.org.slug
  useKeyboard()
  useShortcuts([
    { keys: 'mod+k', label: t('keys.palette'), group: t('keys.everywhere'), run: open.palette },
    { keys: '?', label: t('keys.help'), group: t('keys.everywhere'), run: open.help },
    { keys: 'g h', label: t('home.title'), group: t('keys.go'), run: () => void navigate(links.home(org)) },
    { keys: 'g i', label: t('shell.bell'), group: t('keys.go'), run: () => void navigate(links.inbox(org)) },
    ...goKeys(catalog, (path) => void navigate(links.list(org, path))),
  ])
}

const FindButton = ({ onClick }: { onClick: () => void }) => (
  <button type="button" className={classes['find']} onClick={onClick}>
    <Icon name="search" size={16} />
    <span>{t('shell.findShort')}</span>
    <KeyCaps keys="mod+k" />
  </button>
)

/**
 * Fetched while nothing else happens: the next page opens at once, and no letter typed into the palette is lost.
 * Answers what keeps the page as it is on the server, once that is here.
 */
function useFetchAhead() {
  const [Live, setLive] = useState<ComponentType>()
  useEffect(() => {
    const soon = setTimeout(() => {
      // What cannot be had now is asked for again when it is wanted, and told of then.
      for (const page of [palettePage, ...nextPages]) page().catch(() => {})
      void livePage().then(
        ({ LiveLayer }) => setLive(() => LiveLayer),
        () => {},
      )
    }, 500)
    return () => clearTimeout(soon)
  }, [])
  return Live
}

/** The frame of every page of an org: navigation, org, account, palette, and the page itself. */
export default function Shell() {
  const { org } = useCatalog()
  const [density] = usePreference('density')
  const [isMenuOpen, { open: openMenu, close: closeMenu }] = useDisclosure(false)
  const [isPaletteOpen, palette] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  const main = useFocusOnArrival()
  const path = useRouterState({ select: (state) => state.location.pathname })
  useShellKeys({ palette: palette.open, help: help.open })
  useEffect(() => closeMenu(), [path, closeMenu])
  const Live = useFetchAhead()
  useEffect(() => {
    keep.write('lastOrg', org.slug)
    keep.write('accent', org.accent ?? 'teal')
  }, [org.slug, org.accent])
  const inside = (
    <>
      <OrgSwitcher />
      <div className={bell['tools']}>
        <FindButton onClick={palette.open} />
        <Bell />
      </div>
      <Navigation />
      <AccountMenu onHelp={help.open} />
    </>
  )
  return (
    <div className={classes['shell']} data-density={density}>
      <a className={classes['skip']} href="#main">
        {t('shell.skip')}
      </a>
      <nav className={classes['side']} aria-label={t('shell.navigation')}>
        {inside}
      </nav>
      <header className={classes['top']} data-shell>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('shell.menu')} onClick={openMenu}>
          <Icon name="menu" size={22} />
        </ActionIcon>
        <strong style={{ flex: 1 }}>{org.name}</strong>
        <Bell />
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('shell.find')} onClick={palette.open}>
          <Icon name="search" size={20} />
        </ActionIcon>
      </header>
      <SideDrawer isOpen={isMenuOpen} onClose={closeMenu}>
        {inside}
      </SideDrawer>
      <main id="main" className={classes['main']} ref={main} tabIndex={-1}>
        <div className={classes['column']}>
          <Outlet />
        </div>
      </main>
      {Live ? <Live key={org.slug} /> : null}
      <Suspense>
        {isPaletteOpen ? <Palette onClose={palette.close} /> : null}
        {isHelpOpen ? <HelpSheet onClose={help.close} /> : null}
      </Suspense>
    </div>
  )
}
