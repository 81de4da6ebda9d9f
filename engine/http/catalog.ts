import {
  type Actor,
  carriesFiles,
  type Field,
  isAttachable,
  type Module,
  type Resource,
  say,
  sentenceCase,
} from '@commonhall/kernel'
import { type Caller, hasModule } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { mailMessage } from '../foundation/mail-resources.ts'
import { mailKindChoice } from '../mail/kinds.ts'
import type { Registry } from '../registry.ts'
import { fieldRules, permittedFields, reachOf, shownFields } from '../records/field-rules.ts'
import { judgeImport } from '../imports/theirs.ts'
import { judge } from '../rules.ts'
import { type Http, orgPath, reading } from './door.ts'
import { jsonReply, orgParameters, refusals } from './schemas.ts'

/** What the browser machine reads to know an org's modules: the declarations, as this person may use them. */
export function registerCatalog(http: Http): void {
  http.app.get(`${orgPath}/catalog`, {
    schema: {
      tags: ['Organization'],
      summary: 'What this organization has and what you may do',
      params: orgParameters,
      response: { 200: jsonReply('The catalog', { type: 'object', additionalProperties: true }), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller) => {
      await http.engine.database.prove(caller.access)
      return catalogOf(http.engine, caller)
    }),
  })
}

function catalogOf(engine: Engine, caller: Caller) {
  const { registry } = engine
  const { org, actor } = caller
  const on = registry.modules.filter(({ name }) => hasModule(org, name))
  const may = (permission: string) => {
    const rule = registry.rules.get(permission)
    return rule ? judge(rule, permission, actor) : say('engine:rule.not_allowed')
  }
  const readable = (resource: Resource) => {
    const found = registry.ruleFor(resource, 'read')
    return found && judge(found.rule, found.permission, actor) === true
  }
  const shown = on.flatMap(({ resources = [] }) => resources).filter(readable)
  return {
    org: { slug: org.slug, name: org.name, kind: org.kind, accent: org.accent, time_zone: org.timeZone },
    actor: {
      id: actor.userId,
      name: actor.name,
      email: actor.email,
      roles: actor.roles,
      own_record: actor.memberId,
      parties: actor.parties,
    },
    modules: on.map((module) => describeModule(module, shown)),
    resources: Object.fromEntries(shown.map((resource) => [resource.name, describeResource(engine, caller, resource)])),
    reports: on
      .flatMap(({ reports = [] }) => reports)
      .filter(({ rule }) => may(rule) === true)
      .map(({ name, title, purpose, sort, groupBy, period, asks, columns }) => ({
        name,
        title,
        purpose,
        sort,
        groupBy,
        period,
        asks: permittedFields(registry, actor, asks),
        columns: permittedFields(registry, actor, columns),
      })),
    words: Object.fromEntries(on.filter(({ words }) => words).map(({ name, words }) => [name, words])),
  }
}

const describeModule = ({ name, label, purpose, icon, resources = [] }: Module, shown: readonly Resource[]) => ({
  name,
  label,
  purpose,
  icon,
  resources: resources.filter((one) => shown.includes(one)).map((one) => one.name),
})

const askedActs = ['read', 'create', 'update', 'archive', 'delete', 'import', 'export'] as const

function describeResource({ registry }: Engine, { actor, org }: Caller, resource: Resource) {
  const may = (act: string) => {
    const found = registry.ruleFor(resource, act)
    if (!found) return say('engine:rule.not_allowed')
    return act === 'import' ? judgeImport(registry, resource, actor) : judge(found.rule, found.permission, actor)
  }
  const ofFiles = carriesFiles(resource) ? (['read-files', 'attach'] as const) : []
  const permissions = [...askedActs, ...ofFiles].map((act) => {
    const isOwn = resource.ownWriting && act !== 'read' && act !== 'export'
    return [act, isOwn ? say('engine:rule.not_allowed') : may(act)]
  })
  const acts = Object.entries(registry.transitions(resource)).map(([name, { label, from, to, asks = {}, tone }]) => ({
    name,
    label: label ?? sentenceCase(name),
    from,
    to,
    asks,
    ...(tone ? { tone } : {}),
  }))
  const { name, module, label, plural, icon, path, title, naturalKey, traits, temporalKey } = resource
  const fields: Record<string, Field> = { ...shownFields(resource, fieldRules(registry, resource, actor)) }
  // Which kinds of mail there are is known once the modules are: now they can be offered, and called by their names.
  if (resource === mailMessage)
    fields['kind'] = { ...mailMessage.fields.kind, ...mailKindChoice(registry, org.modules) }
  const splits = registry.splits
    .filter((split) => split.resource === name)
    .map((split) => ({ name: split.name, label: split.label, into: split.into }))
  return {
    name,
    module,
    label,
    plural,
    icon,
    path,
    title,
    naturalKey,
    traits,
    fields,
    field_rules: fieldRulesOf(registry, resource, actor),
    views: viewsOf(registry, resource, actor),
    temporalKey,
    acts,
    splits,
    ...(isAttachable(resource) ? { files: resource.files ?? {} } : {}),
    ...(resource.about?.['id'] ? { personal: { take: may('personal-data'), erase: may('erase') } } : {}),
    permissions: Object.fromEntries(permissions),
  }
}

/** Of each field with a rule of its own: `true`, `own` where the record decides, or why it is not for this person. */
const fieldRulesOf = (registry: Registry, resource: Resource, actor: Actor) =>
  Object.fromEntries(
    registry.guarded(resource).map((name) => {
      const write = reachOf(registry, resource, actor, name, 'write')
      return [name, { read: fieldRules(registry, resource, actor).reads(name), write }]
    }),
  )

/** The views without what is hidden; and what only some records show is nothing to filter or sort by. */
function viewsOf(registry: Registry, resource: Resource, actor: Actor): Resource['views'] {
  const { hidden, reads } = fieldRules(registry, resource, actor)
  const { list, filters, sortable, groups, ...rest } = resource.views
  const shown = (name: string) => !hidden.has(name)
  const everywhere = (name: string) => reads(name) === true
  return {
    ...rest,
    list: list.filter(shown),
    filters: filters.filter(everywhere),
    sortable: sortable.filter(everywhere),
    groups: groups
      .map((group) => ({ ...group, fields: group.fields.filter(shown) }))
      .filter(({ fields }) => fields.length > 0),
  }
}
