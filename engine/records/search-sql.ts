import type { Resource } from '@commonhall/kernel'
import type { ListQuery } from './list-query.ts'

/** Ways to the rows that hold all words of a search, as SQL over the alias `t`. */
export interface Search {
  /** A set of ids, found by the trigram index. */
  readonly ids: string
  /** A condition on one row. */
  readonly holds: string
  /** The index knows words by three letters in a row; it is no help with shorter ones. */
  readonly isIndexed: boolean
}

export function searchOf(resource: Resource, { words }: ListQuery, bind: (value: unknown) => string): Search | null {
  if (!words.length || !resource.views.search.length) return null
  // In a query of its own, so that it is worked out once and not for each row.
  const patterns = `(select foundation.search_patterns(${bind(words)}::text[]))`
  return {
    ids: `${resource.schema}.search_${resource.table}(${patterns})`,
    // The planner takes a LIKE for rare and would read the whole table; of a CASE it thinks nothing, and walks.
    holds: `case when t.search_text like all (${patterns}::text[]) then true end`,
    isIndexed: words.some((word) => word.length > 2),
  }
}

/** Where a word occurs more often than this, walking the list in its order comes to a full page sooner. */
const mostByIndex = 3000

/**
 * A page of the rows that hold the words. A rare word is found by the index and its few rows are sorted; with a common
 * one that would mean to sort the whole roll: over 100,000 members 1.2 s against 60 ms. Which of both it is, is only
 * known once the index has been asked, so the statement holds both and runs one.
 * @param select makes the page with these conditions besides its own; `order` names its columns
 */
export function searchedPage(search: Search, select: (conditions: readonly string[]) => string, order: string): string {
  if (!search.isIndexed) return select([search.holds])
  const count = '(select cardinality(ids) from found)'
  const few = select([`${count} <= ${mostByIndex}`, 't.id = any ((select ids from found)::uuid[])'])
  const many = select([`${count} > ${mostByIndex}`, search.holds])
  return `with found as materialized (select array(select ${search.ids} limit ${mostByIndex + 1}) as ids)
    (${few}) union all (${many}) order by ${order}`
}

/** The condition for counting them. */
export const searchedRows = (search: Search) => (search.isIndexed ? `t.id in (select ${search.ids})` : search.holds)
