import { type Resource, say } from '@commonhall/kernel'
import { readyForReader } from '../audit/lines.ts'
import { spokenLine } from '../audit/spoken.ts'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { maskChanges } from '../records/field-rules.ts'
import { most, type Section, sectionOf } from './section.ts'

/** Whose data is wanted, by whom. */
export interface Asked {
  readonly engine: Engine
  readonly caller: Caller
  readonly people: Resource
  readonly id: string
  /** Every record about the person. */
  readonly ids: readonly string[]
  /** The taker may read all of the person's record. */
  readonly isWhole: boolean
}

type Row = Record<string, unknown>

const ask = ({ engine, caller }: Asked, text: string, values: readonly unknown[]) =>
  engine.database.read<Row>(caller.access, { text, values })

const section = (name: string, columns: readonly string[], rows: readonly Row[]) =>
  sectionOf(name, say(`personal:section.${name}`), columns, rows)

/** How the person signs in. All of it is for themselves: it tells of their other organizations too. */
export async function accountSections(asked: Asked): Promise<Section[]> {
  const { caller, id } = asked
  const rows = await ask(asked, 'select * from foundation.org_user where own_record = $1', [id])
  const columns = ['id', 'name', 'email', 'roles', 'state', 'kind', 'created_at', 'last_seen_at']
  const here = section('account', columns, rows)
  if (caller.actor.memberId !== id) return [here]
  const [told] = await ask(asked, 'select foundation.account_told() as account', [])
  const parts = (told?.['account'] ?? {}) as Record<string, readonly Row[]>
  const all = Object.entries(parts).filter(([name]) => name !== 'account')
  const own = parts['account']?.[0] ?? {}
  return [
    section('account', Object.keys({ ...rows[0], ...own }).filter(isTelling), [{ ...rows[0], ...own }]),
    ...all.map(([name, lines]) => section(name, Object.keys(lines[0] ?? {}), lines)),
  ]
}

/** Without what only the machine uses. */
const isTelling = (name: string) => !['org_id', 'version', 'search_text', 'updated_at', 'own_record'].includes(name)

export async function invitationsSection(asked: Asked): Promise<Section> {
  const columns = ['name', 'email', 'roles', 'state', 'invited_by_name', 'created_at', 'expires_at']
  const rows = await ask(
    asked,
    `select ${columns.map((one) => `v."${one}"`).join(', ')} from foundation.invitation v
    join foundation.issued_invitation i on i.org_id = v.org_id and i.id = v.id
    where i.member_id = $1 or exists (select from foundation.membership m
      where m.member_id = $1 and m.user_id = i.accepted_by) order by v.created_at limit $2`,
    [asked.id, most + 1],
  )
  return section('invitations', columns, rows)
}

/** What the org mailed to the person, at their address of now or as its user. What it said is not kept. */
export async function mailsSection(asked: Asked, email: unknown): Promise<Section> {
  const columns = ['at', 'kind', 'name', 'email', 'state', 'answer']
  const rows = await ask(
    asked,
    `select ${columns.join(', ')} from foundation.mail_message
    where person = (select user_id from foundation.membership where member_id = $1) or lower(email) = lower($3)
    order by at desc limit $2`,
    [asked.id, most + 1, typeof email === 'string' ? email : null],
  )
  return section('mails', columns, rows)
}

/** What the person was told, as far as it is still kept: for themselves, since to others the database shows none. */
export async function toldSection(asked: Asked): Promise<Section> {
  // Their news are theirs alone: to others the database shows none.
  const rows = await ask(
    asked,
    `select created_at as at, notice as kind, read_at, mailed_at from foundation.notification
    where user_id = (select user_id from foundation.membership where member_id = $1) or member_id = $1
    order by id desc limit $2`,
    [asked.id, most + 1],
  )
  const told = rows.map((row) => ({
    ...row,
    kind: asked.engine.registry.notices.get(String(row['kind']))?.notice.label ?? row['kind'],
  }))
  return section('told', ['at', 'kind', 'read_at', 'mailed_at'], told)
}

/** Rows of files that became records about the person; what stood in them only for who may read all of it. */
export async function importsSection(asked: Asked): Promise<Section> {
  const rows = await ask(
    asked,
    `select i.file_name as file, r.row, i.created_by_name as brought_in_by, i.created_at as at,
      array_to_string(i.headings, ' | ') as headings,
      (select string_agg(cell, ' | ' order by place) from foundation.import_chunk c
        cross join json_array_elements(c.rows) line
        cross join json_array_elements_text(line) with ordinality t (cell, place)
        where c.import_id = i.id and (line ->> 0)::integer = r.row and place > 1) as cells
    from foundation.import_record r join foundation.import i on i.org_id = r.org_id and i.id = r.import_id
    where r.record = any ($1) order by i.created_at, r.row limit $2`,
    [asked.ids, most + 1],
  )
  const columns = ['file', 'row', 'brought_in_by', 'at', ...(asked.isWhole ? ['headings', 'cells'] : [])]
  return section(
    'imports',
    columns,
    rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]]))),
  )
}

/** What the trail tells of the person: what became of their records, who looked, and what they did themselves. */
export async function trailSections(asked: Asked): Promise<Section[]> {
  const { engine, caller, ids } = asked
  const lines = 'select id, at, actor_name, act, resource, record, changes, detail, via from foundation.audit_line'
  const newest = 'order by at desc, id desc limit $2'
  const history = await ask(asked, `${lines} where kind = 'change' and record = any ($1) ${newest}`, [ids, most + 1])
  for (const row of history) {
    const { changes } = row
    if (changes)
      row['changes'] = maskChanges(
        engine.registry,
        caller.actor,
        String(row['resource']),
        row['record'],
        changes as Row,
      )
  }
  await readyForReader(engine, caller, history as never)
  const looks = await ask(
    asked,
    `${lines} where kind = 'read' and (record = any ($1) or detail -> 'records' ?| $1::text[]) ${newest}`,
    [ids, most + 1],
  )
  const acts = await ask(
    asked,
    `select at, act, resource, via, address from foundation.audit_line
    where actor = (select user_id from foundation.membership where member_id = $1) ${newest}`,
    [asked.id, most + 1],
  )
  const spoken = history.map((row) => ({ ...spokenLine(engine.registry, row), resource: nameOf(engine, row) }))
  const told = looks.map((row) => ({ ...row, resource: nameOf(engine, row), fields: fieldsOf(row) }))
  return [
    section(
      'history',
      ['at', 'actor_name', 'act', 'resource', 'changes', 'via'],
      only(spoken, 'at actor_name act resource changes via'),
    ),
    section(
      'looks',
      ['at', 'actor_name', 'act', 'resource', 'fields', 'via'],
      only(told, 'at actor_name act resource fields via'),
    ),
    section(
      'acts',
      ['at', 'act', 'resource', 'via', 'address'],
      acts.map((row) => ({ ...row, resource: nameOf(engine, row) })),
    ),
  ]
}

const only = (rows: readonly Row[], names: string) =>
  rows.map((row) => Object.fromEntries(names.split(' ').map((name) => [name, row[name] ?? null])))

const nameOf = ({ registry }: Engine, row: Row) =>
  registry.resources.get(String(row['resource']))?.label ?? String(row['resource'])

const fieldsOf = ({ detail }: Row) => ((detail as { fields?: readonly string[] } | null)?.fields ?? []).join(', ')
