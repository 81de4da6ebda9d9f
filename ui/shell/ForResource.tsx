import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy } from 'react'
import { pageFor } from '../page.ts'
import { Missing } from '../parts/Fallbacks.tsx'
import { type KnownResource, resourceByPath, useCatalog } from '../wire/catalog.ts'

type ResourcePage = ComponentType<{ resource: KnownResource }>

const loaded = new Map<unknown, ResourcePage>()

/** One lazy component per page, however often it is asked for: a new one would throw the screen away. */
function lazily(key: unknown, load: () => Promise<{ default: ResourcePage }>): ResourcePage {
  const known = loaded.get(key) ?? lazy(load)
  loaded.set(key, known)
  return known
}

interface ForResourceProps<Name extends string> {
  kind: 'list' | 'record' | 'form' | 'import'
  generic: () => Promise<Record<Name, ResourcePage>>
  name: Name
}

/** The page of the resource that the address names: the generated one, or the one its module puts in its place. */
export function ForResource<Name extends string>({ kind, generic, name }: ForResourceProps<Name>) {
  const { path = '', id = '' } = useParams({ strict: false })
  const resource = resourceByPath(useCatalog(), path)
  if (!resource) return <Missing />
  const own = kind === 'import' ? undefined : pageFor(path, kind)
  const Found = own
    ? lazily(own, own.component as () => Promise<{ default: ResourcePage }>)
    : lazily(name, () => generic().then((module) => ({ default: module[name] })))
  return <Found key={`${resource.name} ${id}`} resource={resource} />
}
