import { type Context, parseRecord, refuse, type Resource, say, todayIn } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { permitFieldFiles, settleFieldFiles } from '../files/field-files.ts'
import { rowSql } from './columns.ts'
import { permitSetting } from './field-rules.ts'
import { refusalOf } from './database-refusals.ts'
import { Values } from './list-sql.ts'
import { notHere, Reading, type Row } from './reading.ts'
import { isOwn, isOpenTo } from '../rules.ts'
import { permitReferences } from './own-references.ts'
import { keepState, permitStart } from './states.ts'
import { accepted } from './accepted.ts'
import { settled } from './writings.ts'

export type { Page, Row } from './reading.ts'

/** Reads and writes the records of any declared resource: rule, then one statement. */
export class Records extends Reading {
  /** How a module that looks at a change before it is written meets the house. */
  meet: (transaction: Transaction, caller: Caller) => Context = () => {
    throw new Error('Records are written inside an engine.')
  }

  async create(transaction: Transaction, caller: Caller, resource: Resource, input: unknown): Promise<Row> {
    this.permit(caller, resource, 'create')
    permitSetting(this.registry, resource, caller.actor, input, input as Readonly<Record<string, unknown>>)
    const given = accepted(parseRecord(resource.fields, input, { today: todayIn(caller.org.timeZone) }))
    if ('state' in given) permitStart(this.registry, resource, caller.actor, given['state'])
    await permitReferences(this, transaction, caller, resource, 'create', given)
    await permitFieldFiles(transaction, caller, resource, null, given)
    const values = await settled(this.registry, () => this.meet(transaction, caller), resource, null, given)
    const bound = new Values()
    const names = Object.keys(values)
    const list = names.map((name) => bound.bind(toColumn(resource, name, values[name])))
    const body = names.length
      ? `(${names.map((name) => `"${name}"`).join(', ')}) values (${list.join(', ')})`
      : 'default values'
    const sql = `insert into ${tableOf(resource)} ${body} returning *`
    const record = await this.#write(transaction, resource, sql, bound.list, values)
    // Whom it is about may only be known now: nobody makes records that are somebody else's to make.
    this.permit(caller, resource, 'create', record)
    await settleFieldFiles(transaction, resource, String(record['id']), values)
    return this.shown(caller, resource, record)
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
    permitSetting(this.registry, resource, caller.actor, input, record)
    const given = accepted(parseRecord(resource.fields, input, { partial: true }))
    if ('state' in given) keepState(this.registry, resource, caller.actor, record, given['state'])
    await permitReferences(this, transaction, caller, resource, 'update', given)
    await permitFieldFiles(transaction, caller, resource, id, given)
    const values = await settled(this.registry, () => this.meet(transaction, caller), resource, record, given)
    const changed = await this.set(transaction, resource, id, values)
    this.#permitKept(caller, resource, changed)
    await settleFieldFiles(transaction, resource, id, values)
    return this.shown(caller, resource, changed)
  }

  /** Nobody gives a record away that was theirs to change only as their own. */
  #permitKept(caller: Caller, resource: Resource, changed: Readonly<Record<string, unknown>>): void {
    const found = this.registry.ruleFor(resource, 'update')
    if (!found || isOpenTo(found.rule, found.permission, caller.actor)) return
    if (!isOwn(found.rule.owners, caller.actor, changed)) refuse('forbidden', say('engine:rule.not_allowed'))
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
    const { text, values } = this.byId(caller, resource, id)
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

  async #write(
    transaction: Transaction,
    resource: Resource,
    sql: string,
    values: readonly unknown[],
    written: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const { columns, joins } = rowSql(resource, this.registry.resources)
    try {
      const { rows } = await transaction.query(`with t as (${sql}) select ${columns} from t ${joins}`, values)
      return rows[0] ?? notHere(resource)
    } catch (error) {
      throw refusalOf(error, resource, written)
    }
  }
}

/** A value as the driver wants it: objects of a json field as text, everything else as it is. */
function toColumn(resource: Resource, name: string, value: unknown): unknown {
  return resource.fields[name]?.kind === 'json' && value !== null ? JSON.stringify(value) : value
}
