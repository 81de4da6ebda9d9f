import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import { links } from './links.ts'
import { queryOf } from './list/search.ts'
import type { Page } from './page.ts'
import { AllMissing, AllTrouble, Missing, PageTrouble, ShellWaiting, Waiting } from './parts/Fallbacks.tsx'
import { keep } from './preferences.ts'
import { ForResource } from './shell/ForResource.tsx'
import { NoOrg } from './shell/NoOrg.tsx'
import { catalogQuery } from './wire/catalog.ts'
import { client } from './wire/client.ts'
import { Problem } from './wire/http.ts'
import { listQuery, recordQuery } from './wire/records.ts'
import { sessionQuery } from './wire/session.ts'

type Search = Record<string, string>

const list = () => import('./pages/ListPage.tsx')
const record = () => import('./pages/RecordPage.tsx')
const form = () => import('./pages/FormPage.tsx')
const imports = () => import('./pages/ImportPage.tsx')

/** Pages by the names under which a file exports them. */
type Exports<Name extends string> = Readonly<Record<Name, () => ReactNode>>

type Load<Name extends string> = () => Promise<Exports<Name>>

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: AllMissing,
  errorComponent: AllTrouble,
  validateSearch: (search): Search => search as Search,
})

/** A page for everybody, fetched when it is opened. */
const openPage = <const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, name) })

const login = openPage('/login', () => import('./pages/LoginPage.tsx'), 'LoginPage')
const logout = openPage('/logout', () => import('./pages/LogoutPage.tsx'), 'LogoutPage')
const forgot = openPage('/forgot-password', () => import('./pages/ForgotPasswordPage.tsx'), 'ForgotPasswordPage')
const reset = openPage('/reset-password/$token', () => import('./pages/ResetPasswordPage.tsx'), 'ResetPasswordPage')
const confirmEmail = openPage('/confirm-email/$token', () => import('./pages/ConfirmEmailPage.tsx'), 'ConfirmEmailPage')
const invitation = openPage('/invitation/$token', () => import('./pages/InvitationPage.tsx'), 'InvitationPage')

const unsubscribe = openPage('/unsubscribe/$token', () => import('./pages/UnsubscribePage.tsx'), 'UnsubscribePage')

/** Pages for people who are signed in; anyone else signs in first and comes back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  errorComponent: AllTrouble,
  async beforeLoad({ location }) {
    try {
      return { session: await client.ensureQueryData(sessionQuery) }
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401) redirect({ ...links.login(location.href), throw: true })
      throw failure
    }
  },
})

/** The org where one was last, or the first there is. */
const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad({ context: { session } }) {
    const last = session.orgs.find(({ slug }) => slug === keep.read('lastOrg')) ?? session.orgs[0]
    if (last) redirect({ ...links.home(last.slug), throw: true })
    if (session.user.is_host) redirect({ ...links.host(), throw: true })
  },
  component: NoOrg,
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/AccountPage.tsx'), 'AccountPage'),
})

const secondStep = createRoute({
  getParentRoute: () => signedIn,
  path: '/second-step',
  component: lazyRouteComponent(() => import('./pages/SecondStepPage.tsx'), 'SecondStepPage'),
})

/** The host's console: no org is open there. Its pages travel together. */
const host = createRoute({
  getParentRoute: () => signedIn,
  path: '/host',
  component: lazyRouteComponent(() => import('./host/HostShell.tsx')),
  pendingComponent: ShellWaiting,
})
const hostPage = <const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) =>
  createRoute({ getParentRoute: () => host, path, component: lazyRouteComponent(load, name) })
const hostPages = () => import('./host/pages.ts')
const hostRoutes = [
  hostPage('/', hostPages, 'OrgsPage'),
  hostPage('/acts', hostPages, 'ActsPage'),
  hostPage('/jobs', hostPages, 'JobsPage'),
  hostPage('/health', hostPages, 'HealthPage'),
  hostPage('/orgs/new', hostPages, 'NewOrgPage'),
  hostPage('/orgs/$slug', hostPages, 'OrgPage'),
]

const org = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$org',
  async loader({ params, location }) {
    try {
      return await client.ensureQueryData(catalogQuery(params.org))
    } catch (failure) {
      const isMissing = failure instanceof Problem && failure.code === 'second_factor_missing'
      if (isMissing) redirect({ ...links.secondStep(location.href), throw: true })
      throw failure
    }
  },
  component: lazyRouteComponent(() => import('./shell/Shell.tsx')),
  pendingComponent: ShellWaiting,
  errorComponent: AllTrouble,
})

const orgPage = <const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) =>
  createRoute({ getParentRoute: () => org, path, component: lazyRouteComponent(load, name) })

const home = orgPage('/', () => import('./pages/HomePage.tsx'), 'HomePage')
const importList = orgPage('/imports', () => import('./pages/ImportsPage.tsx'), 'ImportsPage')
const audit = orgPage('/audit', () => import('./pages/AuditPage.tsx'), 'AuditPage')
const roles = orgPage('/roles', () => import('./pages/RolesPage.tsx'), 'RolesPage')
const people = orgPage('/people', () => import('./pages/PeoplePage.tsx'), 'PeoplePage')
const invitations = orgPage('/invitations', () => import('./pages/PeoplePage.tsx'), 'InvitationsPage')
const person = orgPage('/people/$id', () => import('./pages/PersonPage.tsx'), 'PersonPage')
const inbox = [
  orgPage('/inbox', () => import('./pages/InboxPage.tsx'), 'InboxPage'),
  orgPage('/inbox/settings', () => import('./pages/NotificationsPage.tsx'), 'NotificationsPage'),
]
const keyPages = () => import('./keys/pages.ts')
const keys = [
  orgPage('/api-keys', keyPages, 'KeysPage'),
  orgPage('/api-keys/new', keyPages, 'NewKeyPage'),
  orgPage('/api-keys/$id', keyPages, 'KeyPage'),
]
const webhookPages = () => import('./webhooks/pages.ts')
const webhooks = [
  orgPage('/webhooks', webhookPages, 'WebhooksPage'),
  orgPage('/webhooks/new', webhookPages, 'NewWebhookPage'),
  orgPage('/webhooks/$id', webhookPages, 'WebhookPage'),
  orgPage('/webhooks/$id/edit', webhookPages, 'EditWebhookPage'),
]
const mailPages = () => import('./mails/pages.ts')
const mails = [
  orgPage('/mails', mailPages, 'MailsPage'),
  orgPage('/mails/$id', mailPages, 'MailPage'),
  orgPage('/suppressed-addresses', mailPages, 'SuppressedAddressesPage'),
  orgPage('/suppressed-addresses/$id', mailPages, 'SuppressedAddressPage'),
]
const filePages = () => import('./files/pages.ts')
const files = [orgPage('/files', filePages, 'FilesPage'), orgPage('/files/$id', filePages, 'FilePage')]
/** What leads to the record of a person, as links from lists and the audit trail do, leads to their page. */
const users = createRoute({
  getParentRoute: () => org,
  path: '/users',
  beforeLoad: ({ params, search }) => redirect({ ...links.people(params.org, search), throw: true }),
})
const user = createRoute({
  getParentRoute: () => org,
  path: '/users/$id',
  beforeLoad: ({ params }) => redirect({ ...links.person(params.org, params.id), throw: true }),
})
const reportPages = () => import('./reports/pages.ts')
const reports = [
  orgPage('/reports', reportPages, 'ReportsPage'),
  orgPage('/reports/$name', reportPages, 'ReportPage'),
  orgPage('/report-schedules', reportPages, 'SchedulesPage'),
]

const listRoute = createRoute({
  getParentRoute: () => org,
  path: '/$path',
  loaderDeps: ({ search }) => search,
  // Rows and the page's code travel at the same time; the page itself tells of what fails.
  loader({ params, deps }) {
    void client.prefetchInfiniteQuery(listQuery(params.org, params.path, queryOf(deps)))
    return list().then(() => undefined)
  },
  component: () => <ForResource kind="list" generic={list} name="ListPage" />,
})

const newRoute = createRoute({
  getParentRoute: () => org,
  path: '/$path/new',
  component: () => <ForResource kind="form" generic={form} name="CreatePage" />,
})

const importRoute = createRoute({
  getParentRoute: () => org,
  path: '/$path/import',
  component: () => <ForResource kind="import" generic={imports} name="ImportPage" />,
})

const recordRoute = createRoute({
  getParentRoute: () => org,
  path: '/$path/$id',
  loader({ params }) {
    void client.prefetchQuery(recordQuery(params.org, params.path, params.id))
    return record().then(() => undefined)
  },
  component: () => <ForResource kind="record" generic={record} name="RecordPage" />,
})

const editRoute = createRoute({
  getParentRoute: () => org,
  path: '/$path/$id/edit',
  component: () => <ForResource kind="form" generic={form} name="EditPage" />,
})

const admin = [roles, people, invitations, person, users, user, ...keys, ...webhooks, ...mails, ...files]
const records = [listRoute, newRoute, importRoute, recordRoute, editRoute]
const orgRoutes = [home, importList, audit, ...reports, ...inbox, ...admin, ...records]

const openRoutes = [login, logout, forgot, reset, confirmEmail, invitation, unsubscribe]

const tree = root.addChildren([
  ...openRoutes,
  signedIn.addChildren([start, account, secondStep, host.addChildren(hostRoutes), org.addChildren(orgRoutes)]),
])

type Standing = () => Promise<{ default: ComponentType }>

/** Routes of the modules' own pages; their addresses are theirs, so the type of the tree does not know them. */
const routeOf = (page: Page) =>
  createRoute({
    getParentRoute: () => org,
    path: `/${page.path ?? ''}`,
    component: lazyRouteComponent(page.component as Standing),
  })

export function makeRouter(pages: readonly Page[]) {
  org.addChildren([...orgRoutes, ...pages.filter(({ path }) => path).map(routeOf)])
  return createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 10_000,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 250,
    defaultNotFoundComponent: Missing,
    defaultErrorComponent: PageTrouble,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
    // The address of a list is plain text by plain names, as the API has it.
    parseSearch: (text) => {
      const search: Search = {}
      for (const [name, value] of new URLSearchParams(text))
        search[name] = name in search ? `${search[name]},${value}` : value
      return search
    },
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).filter(([, value]) => value) as [string, string][],
      ).toString()
      return text && `?${text.replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%2C', ',')}`
    },
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
