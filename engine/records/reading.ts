import { isUuid, type JsonSchema, refuse, type Resource, say } from '@commonhall/kernel'
import type { Lens } from '../audit/lines.ts'
import type { Watch } from '../audit/watch.ts'
import type { Caller } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Database, Statement, Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { permit, permitFresh, rowFilter } from '../rules.ts'
import { type Can, canFor } from './can.ts'
import { rowSql } from './columns.ts'
import type { Cursors } from './cursor.ts'
import { fieldRules, isStructure } from './field-rules.ts'
import { type RawQuery, readListQuery } from './list-query.ts'
import { countStatement, exportStatement, type ListPlan, listStatement, Values } from './list-sql.ts'
import { titleBlinds } from './titles.ts'

/** A record as it goes over the wire. */
export type Row = Record<string, unknown> & { readonly id: string; readonly version: number; readonly can: Can }

export interface Page {
  readonly data: readonly Row[]
  readonly page: { readonly next: string | null }
  readonly total?: number
}

/** What narrows a resource's rows beside its rule for reading: SQL over `t`; null where it lets all through. */
export type Visibility = (caller: Caller, bind: (value: unknown) => string) => string | null

/** Reads the records of any declared resource: rule, then one statement. */
export class Reading {
  /** By the resource's name. */
  readonly lenses = new Map<string, Lens>()
  /** What a lens adds to each row. */
  readonly extras = new Map<string, Readonly<Record<string, JsonSchema>>>()
  readonly visibilities = new Map<string, Visibility>()
  readonly #database: Database
  readonly registry: Registry
  readonly #cursors: Cursors
  readonly #watch: Pick<Watch, 'shown'>

  constructor(database: Database, registry: Registry, cursors: Cursors, watch: Pick<Watch, 'shown'>) {
    this.#database = database
    this.registry = registry
    this.#cursors = cursors
    this.#watch = watch
  }

  /** Asks the rule for an act; ends in a refusal with its reason unless the actor may. */
  permit(caller: Caller, resource: Resource, act: string, record?: Readonly<Record<string, unknown>>): void {
    permit(this.registry.rules, this.registry.ruleFor(resource, act)?.permission, caller.actor, record)
  }

  async list(caller: Caller, resource: Resource, raw: RawQuery): Promise<Page> {
    this.permit(caller, resource, 'read')
    const rules = fieldRules(this.registry, resource, caller.actor)
    const query = readListQuery(resource, raw, rules)
    const order = query.sort.map(({ field, descending }) => (descending ? '-' : '') + field).join(',')
    const scope = `${caller.org.id} ${resource.name} ${order}`
    const after = query.after === null ? null : this.#cursors.open(scope, query.after)
    const plan: ListPlan = {
      resource,
      all: this.registry.resources,
      hidden: rules.hidden,
      query,
      visible: this.visible(caller, resource),
      after,
    }
    const rows = await this.#database.read<Record<string, unknown>>(caller.access, listStatement(plan))
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    const next =
      rows.length > query.limit && last
        ? this.#cursors.seal(scope, [...query.sort.map(({ field }) => last[field]), last['id']])
        : null
    const total = query.count ? await this.#total(caller, plan, rows) : undefined
    const shown = this.#present(caller, resource, data)
    await this.lenses.get(resource.name)?.(caller, shown)
    return { data: shown, page: { next }, ...(total === undefined ? {} : { total }) }
  }

  async get(caller: Caller, resource: Resource, id: string): Promise<Row> {
    const row = this.shown(caller, resource, await this.find(caller, resource, id))
    await this.lenses.get(resource.name)?.(caller, [row])
    return row
  }

  /** The record as the database has it, if the caller may read it: to judge by, not to show. */
  async find(caller: Caller, resource: Resource, id: string): Promise<Record<string, unknown>> {
    this.permit(caller, resource, 'read')
    const { hidden } = fieldRules(this.registry, resource, caller.actor)
    const statement = this.byId(caller, resource, id, hidden)
    const rows = await this.#database.read<Record<string, unknown>>(caller.access, statement)
    return rows[0] ?? notHere(resource)
  }

  /** One record as it stands inside a transaction. */
  async look(transaction: Transaction, caller: Caller, resource: Resource, id: string): Promise<Row> {
    const row = await this.within(transaction, caller, resource, id)
    return row ? this.shown(caller, resource, row) : notHere(resource)
  }

  /**
   * The same as the database has it, to judge by; undefined where the caller sees no such record. `lock` as in SQL
   * keeps others from it until the transaction ends.
   */
  async within(
    transaction: Transaction,
    caller: Caller,
    resource: Resource,
    id: string,
    lock: '' | 'for key share of t' | 'for update of t' = '',
  ): Promise<Record<string, unknown> | undefined> {
    this.permit(caller, resource, 'read')
    const { text, values } = this.byId(caller, resource, id)
    return (await transaction.query(`${text} ${lock}`, values)).rows[0]
  }

  /** The statement of a whole filtered list, for an export to stream, and the one that counts its rows. */
  exporting(caller: Caller, resource: Resource, raw: RawQuery) {
    this.permit(caller, resource, 'export')
    // Not a rule of its own: where exporting stands on the rule for reading, reading must not ask for proof.
    permitFresh(caller.actor, this.registry.ruleFor(resource, 'export')?.permission)
    const rules = fieldRules(this.registry, resource, caller.actor)
    const query = readListQuery(resource, raw, rules)
    const visible = this.visible(caller, resource)
    const structures = Object.entries(resource.fields).filter(([, declared]) => isStructure(declared))
    const hidden = new Set([...rules.hidden, ...structures.map(([name]) => name)])
    const plan = { resource, all: this.registry.resources, hidden, query, visible, after: null }
    return { rows: exportStatement(plan), count: countStatement(plan) }
  }

  /** The rows that the caller may see, as SQL over `t`; null means all of them. */
  visible(caller: Caller, resource: Resource): ListPlan['visible'] {
    const found = this.registry.ruleFor(resource, 'read')
    const visibility = this.visibilities.get(resource.name)
    return (bind) => {
      if (!found) return 'false'
      const parts = [rowFilter(found.rule, found.permission, caller.actor, bind), visibility?.(caller, bind) ?? null]
      return parts.filter((one) => one !== null).join(' and ') || null
    }
  }

  protected byId(caller: Caller, resource: Resource, id: string, hidden?: ReadonlySet<string>): Statement {
    if (!isUuid(id)) return notHere(resource)
    const values = new Values()
    const { columns, joins } = rowSql(resource, this.registry.resources, hidden)
    const conditions = [`t.id = ${values.bind(id)}`, this.visible(caller, resource)(values.bind)].filter(
      (one) => one !== null,
    )
    return {
      text: `select ${columns} from ${tableOf(resource)} t ${joins} where ${conditions.join(' and ')}`,
      values: values.list,
    }
  }

  /** A whole record as the caller may see it. */
  shown(caller: Caller, resource: Resource, record: Record<string, unknown>): Row {
    return this.#present(caller, resource, [record])[0] ?? notHere(resource)
  }

  #present(caller: Caller, resource: Resource, rows: readonly Record<string, unknown>[]): Row[] {
    const can = canFor(this.registry, resource, caller.actor)
    const blindTitles = titleBlinds(this.registry, resource, caller.actor)
    const { blind } = fieldRules(this.registry, resource, caller.actor)
    const shown = rows.map((row) => {
      blindTitles?.(row)
      const seen = Object.assign(row, { can: can(row) }) as unknown as Row
      blind?.(seen)
      return seen
    })
    this.#watch.shown(caller, resource, this.registry.ruleFor(resource, 'read')?.rule, shown)
    return shown
  }

  async #total(caller: Caller, plan: ListPlan, rows: readonly Record<string, unknown>[]): Promise<number> {
    const total = rows[0]?.['list_total']
    for (const row of rows) delete row['list_total']
    if (typeof total === 'number') return total
    const [counted] = await this.#database.read<{ total: number }>(caller.access, countStatement(plan))
    return counted?.total ?? 0
  }
}

export const notHere = (resource: Resource): never =>
  refuse('not_found', say('engine:record.not_found', { label: resource.label.toLowerCase() }))
