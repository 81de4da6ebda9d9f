import { Link, type LinkProps, useLocation, useRouter } from '@tanstack/react-router'
import { links } from '../links.ts'
import { coveredBy, type Page, pagesOf } from '../page.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { type Catalog, type KnownModule, resourceByPath, useCatalog } from '../wire/catalog.ts'
import { nearestAbove } from './nearest-above.ts'
import classes from './shell.module.css'

interface Item {
  readonly label: string
  readonly icon: string
  readonly to: LinkProps
}

interface Section {
  readonly label: string
  readonly items: readonly Item[]
}

const houseIcons: Readonly<Record<string, string>> = {
  users: 'users',
  roles: 'gear',
  'api-keys': 'key',
  webhooks: 'send',
  audit: 'history',
  mails: 'mail',
  'suppressed-addresses': 'mail',
}

/** Lists that are reached from another one, where one may see that. */
const besides: Readonly<Record<string, string>> = { invitations: 'users', 'suppressed-addresses': 'mails' }

/** What goes out of the organization, and who comes in by a key. */
const outwardPaths = ['api-keys', 'webhooks', 'mails', 'suppressed-addresses', 'report-schedules']
const isOutward = (path: string) => outwardPaths.includes(path)

type Wanted = (path: string) => boolean

const mayRead = (catalog: Catalog, path = '') => resourceByPath(catalog, path)?.permissions.read === true

const isBeside = (catalog: Catalog, path: string) => mayRead(catalog, besides[path])

/** The lists that stand beside another one, or behind a page: found by those who look for them. */
export const besidesOf = (catalog: Catalog) =>
  Object.values(catalog.resources).filter(
    ({ path, module }) => mayRead(catalog, path) && (isBeside(catalog, path) || coveredBy(module, catalog).has(path)),
  )

function itemsOf(catalog: Catalog, { name, icon, resources }: KnownModule, wanted: Wanted = () => true): Item[] {
  const org = catalog.org.slug
  const covered = coveredBy(name, catalog)
  const isListed = (path: string) => wanted(path) && !isBeside(catalog, path) && !covered.has(path)
  const lists = resources
    .flatMap((full) => catalog.resources[full] ?? [])
    .filter(({ permissions, path }) => permissions.read === true && isListed(path))
    // What the module is named for comes first: members before households.
    .toSorted((one, other) => Number(other.path === name) - Number(one.path === name))
    .map((resource, index) => ({
      label: resource.plural,
      icon: resource.icon ?? houseIcons[resource.path] ?? (index === 0 ? icon : 'roll'),
      to: resource.path === 'users' ? links.people(org) : links.list(org, resource.path),
    }))
  const pages = pagesOf(name, catalog)
  const entry = (page: Page) => ({
    label: page.label ?? '',
    icon: page.icon ?? icon,
    to: links.page(org, page.path ?? ''),
  })
  const reports = pages.some(({ coversReports }) => coversReports) ? [] : reportsOf(catalog, name)
  return [
    ...pages.filter(({ isFirst }) => isFirst).map(entry),
    ...lists,
    ...pages.filter(({ isFirst }) => !isFirst).map(entry),
    ...reports.map((report) => ({ label: report.title, icon: 'chart', to: links.report(org, report.name) })),
  ]
}

/** Reports that a page of their module leads to. */
export const coveredReports = (catalog: Catalog) =>
  catalog.modules
    .filter(({ name }) => pagesOf(name, catalog).some(({ coversReports }) => coversReports))
    .flatMap(({ name }) => reportsOf(catalog, name))

const reportsOf = ({ reports }: Catalog, module: string) => reports.filter(({ name }) => name.startsWith(`${module}.`))

/** What one may go to, module by module and the house's own last; what one may not see is not there. */
export function sectionsOf(catalog: Catalog): Section[] {
  const modules = catalog.modules.filter(({ name }) => name !== 'foundation')
  const foundation = catalog.modules.find(({ name }) => name === 'foundation')
  const mayImport = Object.values(catalog.resources).some(({ permissions }) => permissions.import === true)
  const house = {
    label: t('shell.administration'),
    items: [
      ...(foundation ? itemsOf(catalog, foundation, (path) => !isOutward(path) && path !== 'files') : []),
      ...(mayImport ? [{ label: t('imports.title'), icon: 'upload', to: links.imports(catalog.org.slug) }] : []),
    ],
  }
  const outward = {
    label: t('shell.outward'),
    items: foundation ? itemsOf(catalog, foundation, isOutward) : [],
  }
  return [
    ...modules.map((module) => ({ label: module.label, items: itemsOf(catalog, module) })),
    house,
    outward,
  ].filter(({ items }) => items.length)
}

/** Where everybody begins, and what belongs to no module. */
export function firstOf(catalog: Catalog): Item[] {
  const org = catalog.org.slug
  const files = resourceByPath(catalog, 'files')
  return [
    { label: t('home.title'), icon: 'home', to: links.home(org) },
    ...(files && mayRead(catalog, 'files')
      ? [{ label: files.plural, icon: 'file', to: links.list(org, 'files') }]
      : []),
    ...(catalog.reports.length ? [{ label: t('shell.reports'), icon: 'chart', to: links.reports(org) }] : []),
  ]
}

interface EntryProps extends Item {
  /** Whether one is there, or at what lies beneath it. */
  readonly isHere?: boolean
}

const Entry = ({ label, icon, to, isHere = false }: EntryProps) => (
  <li>
    <Link {...to} className={classes['link'] ?? ''} activeOptions={{ exact: !isHere, includeSearch: false }}>
      <Icon name={icon} /> {label}
    </Link>
  </li>
)

/** The links of the navigation. */
export function Navigation() {
  const catalog = useCatalog()
  const router = useRouter()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const addressOf = ({ to }: Item) => router.buildLocation(to).pathname
  const first = firstOf(catalog)
  const sections = sectionsOf(catalog)
  // Everything lies beneath the home page, which is where one is only there itself.
  const others = [...first.slice(1), ...sections.flatMap(({ items }) => items)]
  const here = nearestAbove(path, others.map(addressOf))
  const entry = (item: Item) => <Entry key={item.label} {...item} isHere={addressOf(item) === here} />
  return (
    <div className={classes['links']}>
      <ul>{first.map(entry)}</ul>
      {sections.map(({ label, items }) => (
        <div key={label}>
          <h2>{label}</h2>
          <ul>{items.map(entry)}</ul>
        </div>
      ))}
    </div>
  )
}
