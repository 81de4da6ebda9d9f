import type { Query } from '@tanstack/react-query'
import { type Catalog, type KnownResource, resourceByPath } from '../wire/catalog.ts'

const most = 50

/** What one query on the screen is about, if it changes by itself. */
function topicOf(queryKey: readonly unknown[], paths: readonly string[]): string[] {
  const [scope, , kind, path = '', id = ''] = queryKey as readonly string[]
  if (scope !== 'org') return []
  if (kind === 'overview') return [...paths]
  if (kind === 'list') return [path]
  return kind === 'record' ? [`${path}/${id}`] : []
}

/** The trail of changes is what is told live. */
const isHeard = (resource: KnownResource | undefined) =>
  resource?.permissions.read === true && resource.traits.includes('audited')

/**
 * Topics that the screen is about: whatever list or record is shown, a module's own page too, is heard of without its
 * page doing anything. Records come first, where there are more than the server takes.
 */
export function topicsOf(queries: readonly Pick<Query, 'queryKey' | 'isActive'>[], catalog: Catalog): string[] {
  const paths = Object.values(catalog.resources)
    .filter(({ module }) => module !== 'foundation')
    .map(({ path }) => path)
  const found = queries
    .filter((query) => query.isActive() && query.queryKey[1] === catalog.org.slug)
    .flatMap(({ queryKey }) => topicOf(queryKey, paths))
    .filter((topic) => isHeard(resourceByPath(catalog, topic.split('/')[0] ?? '')))
  const records = found.filter((topic) => topic.includes('/'))
  return [...new Set(['inbox', ...records, ...found])].slice(0, most).toSorted()
}
