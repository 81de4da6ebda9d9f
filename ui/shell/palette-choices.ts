import { useQueries, useSuspenseQuery } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { type Catalog, useCatalog } from '../wire/catalog.ts'
import { call } from '../wire/http.ts'
import { type RowPage, titleOf } from '../wire/records.ts'
import { sessionQuery } from '../wire/session.ts'
import { besidesOf, coveredReports, firstOf, sectionsOf } from './Navigation.tsx'

export interface Choice {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly icon: string
  readonly to: LinkProps
}

const matches = (text: string, words: string) =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))

/** Lists and reports that other pages lead to. */
function behindOf(catalog: Catalog): Choice[] {
  const org = catalog.org.slug
  const labelOf = (module = '') => catalog.modules.find(({ name }) => name === module)?.label ?? ''
  return [
    ...besidesOf(catalog).map(({ path, plural, module, icon }) => ({
      id: `go-${path}`,
      label: plural,
      hint: module === 'foundation' ? t('shell.administration') : labelOf(module),
      icon: icon ?? 'roll',
      to: links.list(org, path),
    })),
    ...coveredReports(catalog).map(({ name, title }) => ({
      id: `go-${name}`,
      label: title,
      hint: labelOf(name.split('.')[0]),
      icon: 'chart',
      to: links.report(org, name),
    })),
  ]
}

/** Everywhere one can go and everything one can start, as far as the words match. */
export function useCommands(words: string): Choice[] {
  const catalog = useCatalog()
  const { orgs } = useSuspenseQuery(sessionQuery).data
  const org = catalog.org.slug
  const resources = Object.values(catalog.resources)
  const all: Choice[] = [
    ...firstOf(catalog).map(({ label, icon, to }) => ({ id: `go-${icon}`, label, hint: '', icon, to })),
    ...sectionsOf(catalog).flatMap(({ label, items }) =>
      items.map((item) => ({
        id: `go-${label}-${item.label}`.replace(/\W+/g, '-'),
        label: item.label,
        hint: label,
        icon: item.icon,
        to: item.to,
      })),
    ),
    ...behindOf(catalog),
    ...resources
      .filter(({ permissions }) => permissions.create === true)
      .map(({ label, path }) => ({
        id: `new-${path}`,
        label: t('list.new', { label: label.toLowerCase() }),
        hint: t('palette.create'),
        icon: 'plus',
        to: links.create(org, path),
      })),
    ...resources
      .filter(({ permissions }) => permissions.import === true)
      .map(({ plural, path }) => ({
        id: `import-${path}`,
        label: t('palette.import', { plural: plural.toLowerCase() }),
        hint: t('palette.create'),
        icon: 'upload',
        to: links.importFile(org, path),
      })),
    ...orgs
      .filter(({ slug }) => slug !== org)
      .map(({ slug, name }) => ({
        id: `org-${slug}`,
        label: name,
        hint: t('palette.switch'),
        icon: 'swap',
        to: links.home(slug),
      })),
    { id: 'inbox', label: t('shell.bell'), hint: '', icon: 'bell', to: links.inbox(org) },
    { id: 'notifications', label: t('shell.notifications'), hint: '', icon: 'gear', to: links.notifications(org) },
    { id: 'account', label: t('shell.yourAccount'), hint: '', icon: 'user', to: links.account() },
    { id: 'logout', label: t('shell.signOut'), hint: '', icon: 'signout', to: links.logout() },
  ]
  return all.filter(({ label, hint }) => matches(`${label} ${hint}`, words))
}

/** Records of all kinds whose words match, a few of each. */
export function useRecords(words: string): { records: Choice[]; isLooking: boolean } {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const searched = Object.values(catalog.resources).filter(
    ({ permissions, views }) => permissions.read === true && views.search.length > 0,
  )
  const answers = useQueries({
    queries: searched.map((resource) => ({
      queryKey: ['org', org, 'options', resource.name, words],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call<RowPage>('GET', `/orgs/${org}/${resource.path}`, { query: { q: words, limit: 5 }, signal }),
      enabled: words.length > 1,
    })),
  })
  const records = searched.flatMap((resource, index) =>
    (answers[index]?.data?.data ?? []).map((row) => ({
      id: row.id,
      label: titleOf(resource, row),
      hint: resource.label,
      icon: catalog.modules.find(({ name }) => name === resource.module)?.icon ?? 'roll',
      to: links.record(org, resource.path, row.id),
    })),
  )
  return { records: words.length > 1 ? records : [], isLooking: answers.some(({ isFetching }) => isFetching) }
}
