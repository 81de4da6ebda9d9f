import { isArchivable, labelOf, Refusal, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { fieldRules, shownFields } from '../records/field-rules.ts'
import type { RawQuery } from '../records/list-query.ts'
import { titleBlinds } from '../records/titles.ts'
import {
  accountSections,
  type Asked,
  importsSection,
  invitationsSection,
  mailsSection,
  toldSection,
  trailSections,
} from './beside.ts'
import { tracesOf } from './declared.ts'
import { filesSection } from './files.ts'
import { keptOf } from './plan.ts'
import { most, type Section, sectionOf } from './section.ts'

/** Everything that an org keeps about one person, as the taker may read it. */
export interface PersonalData {
  readonly format: 'commonhall-personal-data/1'
  readonly organization: { readonly slug: string; readonly name: string }
  readonly about: { readonly resource: string; readonly id: string; readonly title: string }
  readonly taken_at: string
  readonly taken_by: string
  readonly sections: readonly Section[]
  readonly left_out: readonly { readonly what: string; readonly because: string }[]
  readonly stays: readonly { readonly what: string; readonly fields: readonly string[]; readonly because: string }[]
}

/** Puts it together. The record has been found, and the taker may have it. */
export async function personalData(
  engine: Engine,
  caller: Caller,
  people: Resource,
  record: Record<string, unknown>,
): Promise<PersonalData> {
  const { registry } = engine
  const id = String(record['id'])
  const traces = tracesOf(registry, people)
  const leftOut = hiddenFields(engine, caller, people, record)
  const sections = [ofRecords(engine, caller, people, 'record', people.label, [record])]
  const ids = [id]
  const part = async (resource: Resource, read: () => Promise<readonly Record<string, unknown>[]>) => {
    const rows = await read().catch(ifRefused)
    if (!rows) return void leftOut.push({ what: resource.plural, because: say('personal:left_record') })
    ids.push(...rows.map((row) => String(row['id'])))
    sections.push(ofRecords(engine, caller, resource, resource.name, resource.plural, rows))
  }
  for (const { resource, by } of traces.linked) await part(resource, () => allAbout(engine, caller, resource, by, id))
  for (const { resource, by } of traces.shared) {
    const shared = record[by]
    if (typeof shared === 'string')
      await part(resource, async () => [await engine.records.find(caller, resource, shared)])
  }
  const asked: Asked = { engine, caller, people, id, ids, isWhole: !leftOut.length }
  sections.push(await filesSection(asked))
  sections.push(...(await accountSections(asked)))
  if (caller.actor.memberId === id) sections.push(await toldSection(asked))
  else
    leftOut.push(
      { what: say('personal:section.sessions'), because: say('personal:left_account') },
      { what: say('personal:section.told'), because: say('personal:left_told') },
    )
  sections.push(await invitationsSection(asked), await mailsSection(asked, record['email']))
  sections.push(await importsSection(asked), ...(await trailSections(asked)))
  return {
    format: 'commonhall-personal-data/1',
    organization: { slug: caller.org.slug, name: caller.org.name },
    about: { resource: people.name, id, title: titleOf(people, record) },
    taken_at: new Date().toISOString(),
    taken_by: caller.actor.name,
    sections,
    left_out: leftOut,
    stays: keptOf([{ resource: people, personal: traces.own }, ...traces.linked]),
  }
}

/** How the record is called, from its own fields. */
const titleOf = ({ title }: Resource, record: Record<string, unknown>) =>
  title.replace(/\{(\w+)\}/g, (_all, name: string) => String(record[name] ?? ''))

/** What the taker does not get of the person's own record. */
function hiddenFields({ registry }: Engine, { actor }: Caller, people: Resource, record: Record<string, unknown>) {
  const seen = { ...record }
  const { hidden, blind } = fieldRules(registry, people, actor)
  blind?.(seen)
  return Object.keys(people.fields)
    .filter((name) => hidden.has(name) || !(name in seen))
    .map((name) => ({ what: labelOf(people.fields, name), because: say('personal:left_field') }))
}

function ofRecords(
  { registry }: Engine,
  { actor }: Caller,
  resource: Resource,
  name: string,
  title: string,
  rows: readonly Record<string, unknown>[],
): Section {
  const rules = fieldRules(registry, resource, actor)
  const blindTitles = titleBlinds(registry, resource, actor)
  const fields = shownFields(resource, rules)
  const seen = rows.map((row) => {
    const copy = { ...row }
    blindTitles?.(copy)
    rules.blind?.(copy)
    delete copy['can']
    return copy
  })
  const columns = ['id', ...Object.keys(fields), 'created_at', 'updated_at']
  return sectionOf(name, title, isArchivable(resource) ? [...columns, 'archived_at'] : columns, seen, fields)
}

async function allAbout({ records }: Engine, caller: Caller, resource: Resource, by: string, id: string) {
  const rows: Record<string, unknown>[] = []
  const archived: RawQuery = isArchivable(resource) ? { 'filter[archived]': 'any' } : {}
  const query: RawQuery = { ...archived, [`filter[${by}]`]: id, limit: '200' }
  for (let after: string | null = ''; after !== null && rows.length <= most;) {
    const page = await records.list(caller, resource, after ? { ...query, after } : query)
    rows.push(...page.data)
    after = page.page.next
  }
  return rows
}

/** Records that are not for the taker are left out, and named. */
function ifRefused(error: unknown): undefined {
  if (error instanceof Refusal && (error.code === 'forbidden' || error.code === 'not_found')) return undefined
  throw error
}
