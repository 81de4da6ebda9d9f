import {
  type FieldError,
  isUuid,
  type JsonSchema,
  parseRecord,
  refuse,
  type Resource,
  say,
  todayIn,
} from '@commonhall/kernel'
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
import { fieldRules, permitSetting } from './field-rules.ts'
import { refusalOf } from './database-refusals.ts'
import { type RawQuery, readListQuery } from './list-query.ts'
import { countStatement, exportStatement, type ListPlan, listStatement, Values } from './list-sql.ts'
import { keepState, permitStart } from './states.ts'
import { titleBlinds } from './titles.ts'

/** A record as it goes over the wire. */
export type Row = Record<string, unknown> & { readonly id: string; readonly version: number; readonly can: Can }

export interface Page {
  readonly data: readonly Row[]
  readonly page: { readonly next: string | null }
  readonly total?: number
}

/** What narrows a resource's rows beside its rule for reading: SQL over `t`; null where it lets all through. */
export type Sight = (caller: Caller, bind: (value: unknown) => string) => string | null

/** Reads and writes the records of any declared resource: rule, then one statement. */
export class Records {
  /** By the resource's name. */
  readonly lenses = new Map<string, Lens>()
  /** What a lens adds to each row. */
  readonly extras = new Map<string, Readonly<Record<string, JsonSchema>>>()
  readonly sights = new Map<string, Sight>()
  readonly #database: Database
  readonly #registry: Registry
  readonly #cursors: Cursors
  readonly #watch: Pick<Watch, 'shown'>

  constructor(database: Database, registry: Registry, cursors: Cursors, watch: Pick<Watch, 'shown'>) {
    this.#database = database
    this.#registry = registry
    this.#cursors = cursors
    this.#watch = watch
  }

  /** Asks the rule for an act; ends in a refusal with its reason unless the actor may. */
  permit(caller: Caller, resource: Resource, act: string, record?: Readonly<Record<string, unknown>>): void {
    permit(this.#registry.rules, this.#registry.ruleFor(resource, act)?.permission, caller.actor, record)
  }

  async list(caller: Caller, resource: Resource, raw: RawQuery): Promise<Page> {
    this.permit(caller, resource, 'read')
    const rules = fieldRules(this.#registry, resource, caller.actor)
    const query = readListQuery(resource, raw, rules)
    const order = query.sort.map(({ field, descending }) => (descending ? '-' : '') + field).join(',')
    const scope = `${caller.org.id} ${resource.name} ${order}`
    const after = query.after === null ? null : this.#cursors.open(scope, query.after)
    const plan: ListPlan = {
      resource,
      all: this.#registry.resources,
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
    const { hidden } = fieldRules(this.#registry, resource, caller.actor)
    const statement = this.#byId(caller, resource, id, hidden)
    const rows = await this.#database.read<Record<string, unknown>>(caller.access, statement)
    return rows[0] ?? notHere(resource)
  }

  /** One record as it stands inside a transaction. */
  async look(transaction: Transaction, caller: Caller, resource: Resource, id: string): Promise<Row> {
    const row = await this.within(transaction, caller, resource, id)
    return row ? this.shown(caller, resource, row) : notHere(resource)
  }

  /**
   * The same as the database has it, to judge by; undefined where the caller sees no such record. `lock` as in SQL keeps
   * others from it until the transaction ends.
   */
  async within(
    transaction: Transaction,
    caller: Caller,
    resource: Resource,
    id: string,
    lock: '' | 'for key share of t' | 'for update of t' = '',
  ): Promise<Record<string, unknown> | undefined> {
    this.permit(caller, resource, 'read')
    const { text, values } = this.#byId(caller, resource, id)
    return (await transaction.query(`${text} ${lock}`, values)).rows[0]
  }

  /** The statement of a whole filtered list, for an export to stream, and the one that counts its rows. */
  exporting(caller: Caller, resource: Resource, raw: RawQuery) {
    this.permit(caller, resource, 'export')
    // Not a rule of its own: where exporting stands on the rule for reading, reading must not ask for proof.
    permitFresh(caller.actor, this.#registry.ruleFor(resource, 'export')?.permission)
    const rules = fieldRules(this.#registry, resource, caller.actor)
    const query = readListQuery(resource, raw, rules)
    const visible = this.visible(caller, resource)
    const plan = { resource, all: this.#registry.resources, hidden: rules.hidden, query, visible, after: null }
    return { rows: exportStatement(plan), count: countStatement(plan) }
  }

  async create(transaction: Transaction, caller: Caller, resource: Resource, input: unknown): Promise<Row> {
    this.permit(caller, resource, 'create')
    permitSetting(this.#registry, resource, caller.actor, input, input as Readonly<Record<string, unknown>>)
    const values = accepted(parseRecord(resource.fields, input, { today: todayIn(caller.org.timeZone) }))
    permitStart(this.#registry, resource, caller.actor, values['state'])
    const bound = new Values()
    const names = Object.keys(values)
    const list = names.map((name) => bound.bind(toColumn(resource, name, values[name])))
    const body = names.length
      ? `(${names.map((name) => `"${name}"`).join(', ')}) values (${list.join(', ')})`
      : 'default values'
    const sql = `insert into ${tableOf(resource)} ${body} returning *`
    return this.shown(caller, resource, await this.#write(transaction, resource, sql, bound.list, values))
  }

  /** Changes fields of a record. `expected` is the version that the person saw; null takes whatever is there. */
  async update(
    transaction: Transaction,
    caller: Caller,
    resource: Resource,
    id: string,
    input: unknown,
    expected: number | null,
  ): Promise<Row> {
    const record = await this.forChange(transaction, caller, resource, id, 'update', expected)
    if (record['archived_at'])
      refuse('conflict', say('engine:record.archived', { label: resource.label.toLowerCase() }))
    permitSetting(this.#registry, resource, caller.actor, input, record)
    const values = accepted(parseRecord(resource.fields, input, { partial: true }))
    if ('state' in values) keepState(this.#registry, resource, caller.actor, record, values['state'])
    return this.shown(caller, resource, await this.set(transaction, resource, id, values))
  }

  /** Puts an archivable record aside, or brings it back. */
  async setArchived(
    transaction: Transaction,
    caller: Caller,
    resource: Resource,
    id: string,
    archived: boolean,
    expected: number | null,
  ): Promise<Row> {
    const act = archived ? 'archive' : 'restore'
    const record = await this.forChange(transaction, caller, resource, id, act, expected)
    if (Boolean(record['archived_at']) === archived) {
      if (archived) return this.shown(caller, resource, record)
      refuse('conflict', say('engine:record.not_archived', { label: resource.label.toLowerCase() }))
    }
    const at = archived ? new Date().toISOString() : null
    return this.shown(caller, resource, await this.set(transaction, resource, id, { archived_at: at }, act))
  }

  async remove(
    transaction: Transaction,
    caller: Caller,
    resource: Resource,
    id: string,
    expected: number | null,
  ): Promise<void> {
    await this.forChange(transaction, caller, resource, id, 'delete', expected)
    try {
      await transaction.query(`delete from ${tableOf(resource)} where id = $1`, [id])
    } catch (error) {
      throw refusalOf(error, resource)
    }
  }

  /** The record, locked until the transaction ends, after rule and version have been looked at. */
  async forChange(
    transaction: Transaction,
    caller: Caller,
    resource: Resource,
    id: string,
    act: string,
    expected: number | null,
  ) {
    // Who may do it to no record at all is told so, whether or not there is such a record.
    this.permit(caller, resource, act)
    const { text, values } = this.#byId(caller, resource, id)
    const { rows } = await transaction.query(`${text} for update of t`, values)
    const record = rows[0] ?? notHere(resource)
    this.permit(caller, resource, act, record)
    if (expected !== null && record['version'] !== expected) {
      refuse('stale', say('engine:record.stale', { label: resource.label.toLowerCase() }))
    }
    return record
  }

  /**
   * Writes columns of a record that is already locked and permitted, and answers all of it: `shown` makes of it what
   * the caller may read. `act` names the change in the audit trail.
   */
  async set(
    transaction: Transaction,
    resource: Resource,
    id: string,
    columns: Record<string, unknown>,
    act = '',
  ): Promise<Record<string, unknown>> {
    if (act) await transaction.query("select set_config('app.act', $1, true)", [act])
    const bound = new Values()
    const changes = Object.entries(columns).map(
      ([name, value]) => `"${name}" = ${bound.bind(toColumn(resource, name, value))}`,
    )
    const assignments = [...changes, 'version = version + 1', 'updated_at = now()'].join(', ')
    const sql = `update ${tableOf(resource)} set ${assignments} where id = ${bound.bind(id)} returning *`
    const row = await this.#write(transaction, resource, sql, bound.list, columns)
    if (act) await transaction.query("select set_config('app.act', '', true)")
    return row
  }

  /** The rows that the caller may see, as SQL over `t`; null means all of them. */
  visible(caller: Caller, resource: Resource): ListPlan['visible'] {
    const found = this.#registry.ruleFor(resource, 'read')
    const sight = this.sights.get(resource.name)
    return (bind) => {
      if (!found) return 'false'
      const parts = [rowFilter(found.rule, found.permission, caller.actor, bind), sight?.(caller, bind) ?? null]
      return parts.filter((one) => one !== null).join(' and ') || null
    }
  }

  #byId(caller: Caller, resource: Resource, id: string, hidden?: ReadonlySet<string>): Statement {
    if (!isUuid(id)) return notHere(resource)
    const values = new Values()
    const { columns, joins } = rowSql(resource, this.#registry.resources, hidden)
    const conditions = [`t.id = ${values.bind(id)}`, this.visible(caller, resource)(values.bind)].filter(
      (one) => one !== null,
    )
    return {
      text: `select ${columns} from ${tableOf(resource)} t ${joins} where ${conditions.join(' and ')}`,
      values: values.list,
    }
  }

  async #write(
    transaction: Transaction,
    resource: Resource,
    sql: string,
    values: readonly unknown[],
    written: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const { columns, joins } = rowSql(resource, this.#registry.resources)
    try {
      const { rows } = await transaction.query(`with t as (${sql}) select ${columns} from t ${joins}`, values)
      return rows[0] ?? notHere(resource)
    } catch (error) {
      throw refusalOf(error, resource, written)
    }
  }

  /** A whole record as the caller may see it. */
  shown(caller: Caller, resource: Resource, record: Record<string, unknown>): Row {
    return this.#present(caller, resource, [record])[0] ?? notHere(resource)
  }

  #present(caller: Caller, resource: Resource, rows: readonly Record<string, unknown>[]): Row[] {
    const can = canFor(this.#registry, resource, caller.actor)
    const blindTitles = titleBlinds(this.#registry, resource, caller.actor)
    const { blind } = fieldRules(this.#registry, resource, caller.actor)
    const shown = rows.map((row) => {
      blindTitles?.(row)
      const seen = Object.assign(row, { can: can(row) }) as unknown as Row
      blind?.(seen)
      return seen
    })
    this.#watch.shown(caller, resource, this.#registry.ruleFor(resource, 'read')?.rule, shown)
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

/** The values of a parsed input, or a refusal that lists every fault. */
export function accepted(parsed: ReturnType<typeof parseRecord>): Record<string, unknown> {
  if (parsed.ok) return parsed.values
  const [first] = parsed.errors as [FieldError]
  const detail =
    parsed.errors.length === 1 ? first.message : say('engine:record.invalid', { count: parsed.errors.length })
  return refuse('invalid', detail, { errors: parsed.errors })
}

export const notHere = (resource: Resource): never =>
  refuse('not_found', say('engine:record.not_found', { label: resource.label.toLowerCase() }))

/** A value as the driver wants it: objects of a json field as text, everything else as it is. */
function toColumn(resource: Resource, name: string, value: unknown): unknown {
  return resource.fields[name]?.kind === 'json' && value !== null ? JSON.stringify(value) : value
}
