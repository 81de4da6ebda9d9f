import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { links } from './links.ts'
import { knowPages, type Page } from './page.ts'
import { flash, usePreference } from './preferences.ts'
import { ProofCorner } from './parts/ProofCorner.tsx'
import { ToastCorner } from './parts/toast.tsx'
import { makeRouter } from './router.tsx'
import { t } from './say.ts'
import { themeFor, variables } from './theme/theme.ts'
import { client } from './wire/client.ts'
import { onSignedOut } from './wire/http.ts'

const schemes = localStorageColorSchemeManager({ key: 'commonhall:scheme' })

/** The server's nonce of this page load: every style that is made in the browser must carry it. */
const nonce = () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

function App({ router }: { router: ReturnType<typeof makeRouter> }) {
  const [accent] = usePreference('accent')
  const theme = useMemo(() => themeFor(accent), [accent])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <ToastCorner />
        <ProofCorner />
      </QueryClientProvider>
    </MantineProvider>
  )
}

/**
 * After an update of the server, a page that is still open asks for files that are gone. Loading it anew brings the new
 * ones; once a minute at most, so that a real failure does not turn into a loop. While the server is away nothing is
 * loaded anew: what is open would be gone, and with it what was typed.
 */
function reloadWhenOutdated() {
  window.addEventListener('vite:preloadError', () => {
    const reload = () => {
      const last = Number(sessionStorage.getItem('commonhall:reloaded') ?? 0)
      if (Date.now() - last < 60_000) return
      sessionStorage.setItem('commonhall:reloaded', `${Date.now()}`)
      location.reload()
    }
    fetch('/', { method: 'HEAD' }).then(
      ({ ok }) => ok && reload(),
      () => {},
    )
  })
}

/** Starts the browser machine with the modules' own pages. */
export function startApp(pages: readonly Page[]) {
  // The scroll lock of dialogs makes a style of its own and looks for the nonce here.
  Object.assign(globalThis, { __webpack_nonce__: nonce() })
  reloadWhenOutdated()
  knowPages(pages)
  const router = makeRouter(pages)
  onSignedOut(() => {
    const { pathname, href } = router.state.location
    if (pathname === '/login' || pathname === '/logout') return
    // On the very first page nobody was signed in, so nothing has ended.
    if (client.getQueryData(['session'])) flash.leave({ tone: 'warn', text: t('login.ended') })
    client.clear()
    void router.navigate({ ...links.login(href), replace: true })
  })
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App router={router} />
      </StrictMode>,
    )
}
