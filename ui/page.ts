import type { ComponentType } from 'react'
import type { Catalog, KnownResource } from './wire/catalog.ts'

/** A page of a module's own, where the generated one is not enough. */
export interface Page {
  /** Under the org, in lower case with dashes: `housing/vacancies`. Left out where the page stands in for another. */
  readonly path?: string
  /** What the navigation calls it; a page without a label is only reached by links. */
  readonly label?: string
  readonly icon?: string
  /** Whether it stands before the module's lists in the navigation; after them otherwise. */
  readonly isFirst?: boolean
  /** Who is offered it in the navigation; everybody, where this is left out. */
  readonly offered?: (catalog: Catalog) => boolean
  /** Paths of lists that are reached from this page, or from the records of the one it stands in for: no entries. */
  readonly covers?: readonly string[] | ((catalog: Catalog) => readonly string[])
  /** Whether the module's reports are reached from this page. */
  readonly coversReports?: boolean
  /** The module whose switch turns the page on and off. */
  readonly module: string
  /** Path of the resource whose generated page this one stands in for. */
  readonly replaces?: { readonly resource: string; readonly page: 'list' | 'record' | 'form' }
  /**
   * Loaded when the page is opened: `() => import('./VacanciesPage.tsx')`, a file whose default export is the page. One
   * that stands in for another gets `resource`.
   */
  readonly component: () => Promise<{ default: ComponentType | ComponentType<{ resource: KnownResource }> }>
}

/** Declares a page; list it in the module's `pages/index.tsx`, in `export const pages = […]`. */
export const definePage = (page: Page): Page => page

let known: readonly Page[] = []

/** Tells the app of all modules' pages, once, before it starts. */
export const knowPages = (pages: readonly Page[]) => {
  known = pages
}

export const pageFor = (resource: string, kind: NonNullable<Page['replaces']>['page']) =>
  known.find(({ replaces }) => replaces?.resource === resource && replaces.page === kind)

/** Pages that the navigation shows this person under a module. */
export const pagesOf = (module: string, catalog: Catalog) =>
  known.filter((page) => page.module === module && page.label && page.path && (page.offered?.(catalog) ?? true))

/** Lists that a page of their module leads to, so that they need no entry of their own. */
export const coveredBy = (module: string, catalog: Catalog) =>
  new Set(
    known
      .filter((page) => page.module === module && (page.offered?.(catalog) ?? true))
      .flatMap(({ covers = [] }) => (typeof covers === 'function' ? covers(catalog) : covers)),
  )
