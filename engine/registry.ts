import {
  addWords,
  attachedFile,
  baseColumns,
  type Event,
  type AnonymousRoute,
  fieldsIn,
  type FileRoute,
  type Finder,
  type Job,
  type Metric,
  type Module,
  type Notice,
  type Objection,
  type Reminder,
  type Report,
  type Resource,
  type Route,
  type Rule,
  type Split,
  type Subscriber,
  targetOf,
  type Transition,
  type Workflow,
  type Writing,
} from '@commonhall/kernel'
import { checkFieldRules } from './field-checks.ts'
import { checkNotices } from './notifications/checks.ts'
import { checkParties } from './party-checks.ts'
import { checkReports } from './reports/checks.ts'
import { checkPersonal } from './personal/checks.ts'

/** Everything that the modules declare, found by name, and checked against each other once at boot. */
export class Registry {
  readonly modules: readonly Module[]
  readonly resources = new Map<string, Resource>()
  readonly paths = new Map<string, Resource>()
  readonly rules = new Map<string, Rule>()
  readonly workflows = new Map<string, Workflow>()
  readonly writings = new Map<string, Writing>()
  readonly routes: { readonly module: Module; readonly route: Route | FileRoute | AnonymousRoute }[] = []
  readonly events = new Map<string, Event>()
  readonly subscribers: Subscriber[] = []
  readonly jobs = new Map<string, { readonly module: Module; readonly job: Job }>()
  readonly notices = new Map<string, { readonly module: Module; readonly notice: Notice }>()
  /** Notices that are worded, whether or not a module sends them yet. */
  readonly letters = new Map<string, { readonly module: Module; readonly notice: Notice }>()
  readonly reminders = new Map<string, { readonly module: Module; readonly reminder: Reminder }>()
  readonly reports = new Map<string, Report>()
  readonly metrics: Metric[] = []
  readonly splits: Split[] = []
  readonly finders: Finder[] = []
  readonly objections: { readonly module: Module; readonly objection: Objection }[] = []
  readonly #guarded = new Map<string, readonly string[]>()

  constructor(modules: readonly Module[]) {
    this.modules = modules
    for (const module of modules) this.#add(module)
    this.#check()
  }

  resource(name: string): Resource {
    const found = this.resources.get(name)
    if (!found) throw new Error(`No module declares the resource "${name}".`)
    return found
  }

  moduleOf(resource: Resource): Module | undefined {
    return this.modules.find((module) => module.name === resource.module)
  }

  /** The acts of a resource's workflow, by name. */
  transitions(resource: Resource): Readonly<Record<string, Transition>> {
    return this.workflows.get(resource.name)?.transitions ?? {}
  }

  /** The rule for an act, which may stand on the rule of a wider one. */
  ruleFor(resource: Resource, act: string): { readonly permission: string; readonly rule: Rule } | undefined {
    const wider: Readonly<Record<string, string>> = {
      import: 'create',
      export: 'read',
      restore: 'archive',
      delete: 'archive',
      attach: 'update',
      'read-files': 'read',
    }
    for (const one of [act, wider[act]]) {
      const permission = `${resource.name}.${one}`
      const rule = one && this.rules.get(permission)
      if (rule) return { permission, rule }
    }
    return undefined
  }

  /** Whether files are not simply read by whoever reads their record. */
  hidesFiles(resource: Resource): boolean {
    return this.rules.has(`${resource.name}.read-files`)
  }

  /** The fields of a resource that have rules of their own. */
  guarded(resource: Resource): readonly string[] {
    return this.#guarded.get(resource.name) ?? []
  }

  /**
   * The rule for reading or setting one field; where none is for setting, that for reading. What the trail tells of
   * attached files is read by whoever may read the files.
   */
  fieldRule(resource: Resource, name: string, act: 'read' | 'write') {
    if (name === attachedFile) return this.hidesFiles(resource) ? this.ruleFor(resource, 'read-files') : undefined
    return (
      this.ruleFor(resource, `${name}.${act}`) ?? (act === 'write' ? this.ruleFor(resource, `${name}.read`) : undefined)
    )
  }

  #add(module: Module) {
    if (module.words) addWords(module.name, module.words)
    for (const resource of module.resources ?? []) {
      put(this.resources, resource.name, resource)
      put(this.paths, resource.path, resource)
    }
    for (const [permission, rule] of Object.entries(module.rules ?? {})) {
      put(this.rules, permission, rule)
      const [one, singular, field, act] = permission.split('.')
      const resource = `${one}.${singular}`
      const names = this.#guarded.get(resource) ?? []
      if (act && field && !names.includes(field)) this.#guarded.set(resource, [...names, field])
    }
    for (const workflow of module.workflows ?? []) put(this.workflows, workflow.resource.name, workflow)
    for (const writing of module.writings ?? []) put(this.writings, writing.resource.name, writing)
    for (const event of module.events ?? []) put(this.events, event.name, event)
    for (const job of module.jobs ?? []) put(this.jobs, job.name, { module, job })
    for (const notice of module.letters ?? []) put(this.letters, notice.name, { module, notice })
    for (const notice of module.notices ?? []) {
      put(this.notices, notice.name, { module, notice })
      this.letters.set(notice.name, this.letters.get(notice.name) ?? { module, notice })
    }
    for (const reminder of module.reminders ?? []) put(this.reminders, reminder.name, { module, reminder })
    for (const report of module.reports ?? []) put(this.reports, report.name, report)
    this.routes.push(...(module.routes ?? []).map((route) => ({ module, route })))
    this.subscribers.push(...(module.subscribers ?? []))
    this.metrics.push(...(module.metrics ?? []))
    this.splits.push(...(module.splits ?? []))
    this.finders.push(...(module.finders ?? []))
    this.objections.push(...(module.objections ?? []).map((objection) => ({ module, objection })))
  }

  /** A name that nobody declared is a spelling mistake: better found at boot than by a member. */
  #check() {
    const seen = new Set<string>()
    for (const { name, needs = [], uses = [] } of this.modules) {
      for (const need of [...needs, ...uses])
        if (!seen.has(need)) throw new Error(`${name} needs ${need}, which must stand before it.`)
      seen.add(name)
    }
    for (const resource of this.resources.values()) this.#checkResource(resource)
    for (const [permission, rule] of this.rules) this.#checkRule(permission, rule)
    for (const { resource, into } of this.finders) {
      if (!this.resources.get(resource)?.fields[into])
        throw new Error(`A finder fills ${resource}.${into}, which is not there.`)
    }
    checkFieldRules(this)
    checkParties(this)
    checkPersonal(this)
    checkNotices(this)
    checkReports(this)
    const steps = [...this.workflows.values()].flatMap(({ transitions }) => Object.values(transitions))
    const wanted = [
      ...steps.map(({ rule }) => rule),
      ...this.routes.flatMap(({ route }) => ('rule' in route ? [route.rule] : [])),
      ...[...this.reports.values()].map(({ rule }) => rule),
      ...this.metrics.map(({ rule }) => rule),
    ]
    for (const rule of wanted) if (!this.rules.has(rule)) throw new Error(`No module declares the rule "${rule}".`)
    for (const event of [
      ...this.subscribers.map(({ event: name }) => name),
      ...steps.flatMap(({ emits }) => emits?.event.name ?? []),
    ]) {
      if (!this.events.has(event)) throw new Error(`No module announces "${event}".`)
    }
  }

  #checkResource(resource: Resource) {
    for (const [name, declared] of Object.entries(resource.fields)) {
      const to = targetOf(declared)
      if (to && !this.resources.has(to))
        throw new Error(`${resource.name}.${name} points to "${to}", which nobody declares.`)
    }
    if (!this.ruleFor(resource, 'read')) throw new Error(`${resource.name} has no rule for reading it.`)
  }

  /** The fields that a rule looks at become SQL, so the record must have them. */
  #checkRule(permission: string, { owners, vetoes }: Rule) {
    const named = [...owners.map(({ field }) => field), ...vetoes.flatMap(({ when }) => fieldsIn(when))]
    const resource = this.resources.get(permission.split('.').slice(0, 2).join('.'))
    const known = new Set<string>([...baseColumns, ...Object.keys(resource?.fields ?? {})])
    const lost = named.find((name) => !known.has(name))
    if (lost) throw new Error(`The rule "${permission}" looks at "${lost}", which the record does not have.`)
  }
}

function put<Value>(map: Map<string, Value>, name: string, value: Value) {
  if (map.has(name)) throw new Error(`"${name}" is declared twice.`)
  map.set(name, value)
}
