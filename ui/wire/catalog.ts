import {
  addWords,
  type Fields,
  type OrgKind,
  type Report,
  type Resource,
  type Split,
  type Words,
  todayIn,
} from '@commonhall/kernel'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { call } from './http.ts'

/** Yes, or the sentence that says why not. */
export type Allowed = true | string

export type Permission = 'read' | 'create' | 'update' | 'archive' | 'import' | 'export'

/** An act of a workflow, as the browser needs it. */
export interface Act {
  readonly name: string
  readonly label: string
  readonly from: readonly string[]
  readonly to: string
  readonly asks?: Fields
  readonly tone?: 'primary' | 'danger'
}

/** A resource as it travels: the declaration's data, what one may do, and the acts of its workflow. */
export interface KnownResource extends Resource {
  readonly acts: readonly Act[]
  readonly permissions: Readonly<Record<Permission, Allowed>> & {
    /** Where its records carry files. */
    readonly [act in 'read-files' | 'attach']?: Allowed
  }
  /** Fields with rules of their own: `own` where the record decides. What may not be read at all is in no list here. */
  readonly field_rules?: Readonly<Record<string, { readonly read: Allowed; readonly write: Allowed }>>
  readonly splits?: readonly Pick<Split, 'name' | 'label' | 'into'>[]
  /** Its records are people's own: whether one may take out what is kept about them, and erase it. */
  readonly personal?: { readonly take: Allowed; readonly erase: Allowed }
}

export interface KnownModule {
  readonly name: string
  readonly label: string
  readonly icon: string
  readonly purpose: string
  readonly resources: readonly string[]
}

export interface KnownReport {
  readonly name: string
  readonly title: string
  readonly purpose: string
  readonly sort: Report['sort']
  readonly groupBy?: Report['groupBy']
  readonly period?: Report['period']
  readonly asks: Fields
  readonly columns: Fields
}

/** Everything an org has that this person may see. */
export interface Catalog {
  readonly org: {
    readonly slug: string
    readonly name: string
    readonly kind: OrgKind
    readonly accent?: string
    readonly time_zone?: string
  }
  readonly actor: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly roles: readonly string[]
    readonly own_record?: string | null
    /** Whom one stands for: a record's id by its resource. */
    readonly parties?: Readonly<Record<string, string>>
  }
  readonly modules: readonly KnownModule[]
  readonly resources: Readonly<Record<string, KnownResource>>
  readonly reports: readonly KnownReport[]
  readonly words?: Readonly<Record<string, Words>>
}

export const catalogQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'catalog'],
    async queryFn({ signal }) {
      const catalog = await call<Catalog>('GET', `/orgs/${org}/catalog`, { signal })
      for (const [namespace, words] of Object.entries(catalog.words ?? {})) addWords(namespace, words)
      return catalog
    },
    staleTime: 5 * 60_000,
  })

/** The slug of the org that the page is about. */
export const useOrg = (): string => useParams({ strict: false, select: (params) => params.org ?? '' })

export const useCatalog = (): Catalog => useSuspenseQuery(catalogQuery(useOrg())).data

/** The day that it is in the org, by which the server reckons too; where no org is open, the day here. */
export const useToday = (): string =>
  todayIn(useQuery({ ...catalogQuery(useOrg()), enabled: false }).data?.org.time_zone)

export const resourceByPath = (catalog: Catalog, path: string): KnownResource | undefined =>
  Object.values(catalog.resources).find((resource) => resource.path === path)

/** Resources whose records point to this one, with the field by which they do. */
export function pointersTo(catalog: Catalog, name: string): { resource: KnownResource; field: string }[] {
  return Object.values(catalog.resources).flatMap((resource) =>
    Object.entries(resource.fields)
      .filter(([, field]) => field.kind === 'ref' && (field as { to?: string }).to === name)
      .map(([field]) => ({ resource, field })),
  )
}

/** Whether this person may see who changed what. */
export const mayReadHistory = (catalog: Catalog) => resourceByPath(catalog, 'audit')?.permissions.read === true
