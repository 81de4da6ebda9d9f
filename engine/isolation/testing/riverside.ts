import { asOwner, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { fillLedger } from './ledger.ts'
import { fillGovernance } from './governance.ts'
import { fillMarketRecovery } from './market-recovery.ts'
import { setUpReport } from '../../reports/testing/set-up-report.ts'

/** Every table that has an org_id, as the database itself lists them. */
export const tablesOf = `select n.nspname || '.' || c.relname as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attnum) as columns,
    array(select a.attname::text from pg_constraint k cross join unnest(k.conkey) key
        join pg_attribute a on a.attrelid = c.oid and a.attnum = key
      where k.conrelid = c.oid and k.contype = 'f' and array_length(k.conkey, 1) > 1 and a.attname <> 'org_id') as refs
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'queue')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id') order by 1`

export interface Table extends Record<string, unknown> {
  readonly name: string
  readonly columns: string[]
  readonly refs: string[]
}

export async function idOf(house: TestHouse, slug: string): Promise<string> {
  const [org] = await asOwner<{ id: string }>(house, 'select id from foundation.org where slug = $1', [slug])
  return org?.id ?? ''
}

/** Something of Riverside in every table, made through the ordinary doors where there is one. */
export async function fill(house: TestHouse): Promise<void> {
  const home = await idOf(house, 'riverside')
  await asOwner(
    house,
    'insert into foundation.usage (org_id, counted_on, people, records, bytes) ' +
      "values ($1, current_date, 1, '{}', 0)",
    [home],
  )
  await asOwner(house, "insert into foundation.counter (org_id, name, value) values ($1, 'test', 1)", [home])
  await asOwner(
    house,
    `insert into foundation.issued_invitation (org_id, email, name, role_ids, roles, invited_by_name)
    select org_id, 'new@people.example', 'New', array[id], label, 'Ada' from foundation.role
    where org_id = $1 and name = 'staff'`,
    [home],
  )
  const staff = await house.as('admin@riverside.example')
  await staff.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })
  const [member] = (await staff.get('/members?limit=1&filter[state]=applicant')).json().data
  const household = (await staff.post('/households', { name: 'Ortiz family' })).json()
  await staff.patch(`/members/${member.id}`, { household: household.id })
  await staff.post(`/members/${member.id}/admit`)
  await staff.post('/units', { number: 'X1' }, { 'idempotency-key': 'once' })
  await staff.post('/entries', { title: 'Home', code: 'H', about: member.id })
  await asOwner(
    house,
    `with i as (insert into foundation.import (org_id, resource, file_name)
      values ($1, 'members.member', 'a.csv') returning org_id, id),
    e as (insert into foundation.event (org_id, name, payload) values ($1, 'a.b', '{}') returning org_id, id),
    c as (insert into foundation.import_chunk (org_id, import_id, n, rows) select org_id, id, 1, '[]' from i),
    r as (insert into foundation.import_record (org_id, import_id, row, record) select org_id, id, 1, uuidv7() from i),
    f as (insert into foundation.import_refusal (org_id, import_id, row, cells, faults)
      select org_id, id, 1, '[]', '[]' from i)
    insert into foundation.import_memory (org_id, resource, signature, mapping)
    values ($1, 'members.member', 's', '{}')`,
    [home],
  )
  await asOwner(
    house,
    `with m as (insert into foundation.mail_message (org_id, kind, state, name, email)
      values ($1, 'a.b', 'bounced', 'Ola', 'ola@riverside.example') returning org_id, name, email)
    insert into foundation.mail_suppression (org_id, email, name, reason) select org_id, email, name, 'bounced' from m`,
    [home],
  )
  await asOwner(
    house,
    `insert into foundation.membership_party (org_id, user_id, resource, record, title)
    select org_id, user_id, 'notebook.entry', uuidv7(), 'Home' from foundation.membership where org_id = $1 limit 1`,
    [home],
  )
  await fillLedger(house)
  await fillMarketRecovery(house)
  await fillGovernance(house)
  await fillWebhook(house, staff)
  await fillChain(house, home)
  await fillNotifications(house, home)
  await setUpReport(house)
  await fillFiles(house, home, member.id)
}

/** Something that somebody was told, how they want to be told, and a reminder that went out. */
async function fillNotifications(house: TestHouse, home: string): Promise<void> {
  await asOwner(
    house,
    `with s as (insert into foundation.notification_setting (org_id, user_id)
      select org_id, user_id from foundation.membership where org_id = $1 limit 1),
    r as (insert into foundation.reminded (org_id, reminder, record, day, distance)
      values ($1, 'a.b', uuidv7(), current_date, 7))
    insert into foundation.notification (org_id, notice, user_id, payload, in_inbox, pace, mail_due_at)
    select org_id, 'a.b', user_id, '{}', true, 'now', now() from foundation.membership where org_id = $1 limit 1`,
    [home],
  )
}

/** A webhook that is paused, with a message that nobody took and a test that waits for somebody to send it. */
async function fillWebhook(house: TestHouse, admin: Voice): Promise<void> {
  const hook = { name: 'Newsletter', url: 'http://127.0.0.1:9009/riverside', events: ['members.member.created'] }
  const { id } = (await admin.post('/webhooks', hook)).json()
  await admin.post(`/webhooks/${id}/pause`)
  await asOwner(
    house,
    `with d as (
      insert into foundation.webhook_delivery (org_id, webhook_id, type, origin, source, state, attempts, body)
      select org_id, id, 'members.member.created', 'entry', uuidv7(), 'failed', 1, '{}' from foundation.webhook_setup
      where id = $1 returning org_id, id),
    t as (insert into foundation.webhook_delivery (org_id, webhook_id, type, origin)
      select org_id, id, 'webhook.test', 'test' from foundation.webhook_setup where id = $1)
    insert into foundation.webhook_attempt (org_id, delivery_id, n, latency_ms, outcome)
    select org_id, id, 1, 5, 'broken' from d`,
    [id],
  )
}

/** A sealed trail with a published head, and something erased from it. */
async function fillChain(house: TestHouse, home: string): Promise<void> {
  await asOwner(
    house,
    `select set_config('app.org', '${home}', false); select foundation.seal_audit();
    select foundation.publish_audit_head(); select foundation.erase_audit(array_agg(record), null, 'asked for')
    from (select record from foundation.audit_entry where org_id = '${home}' and record is not null limit 1) one`,
  )
}

/** A file of a member with a preview, and another on its way. */
async function fillFiles(house: TestHouse, home: string, member: string): Promise<void> {
  await asOwner(
    house,
    `with c as (insert into foundation.file_content (org_id, sha256, size, media_type, store)
      values ($1, repeat('a', 64), 5, 'text/plain', 'disk') returning org_id, sha256, size, media_type),
    p as (insert into foundation.file_preview (org_id, sha256, kind, media_type, size, store)
      select org_id, sha256, 'thumbnail', 'image/webp', 5, 'disk' from c),
    f as (insert into foundation.file
        (org_id, resource, record, name, size, media_type, sha256, uploaded_by_name)
      select org_id, 'members.member', $2::uuid, 'card.txt', size, media_type, sha256, 'Ada' from c
      returning org_id, id, sha256),
    v as (insert into foundation.file_version (org_id, file_id, number, name, sha256, uploaded_by_name)
      select org_id, id, 1, 'card.txt', sha256, 'Ada' from f)
    insert into foundation.file_upload (org_id, uploaded_by, resource, record, name, size, store)
    select org_id, user_id, 'members.member', $2, 'b.txt', 5, 'disk' from foundation.membership
    where org_id = $1 limit 1`,
    [home, member],
  )
}
