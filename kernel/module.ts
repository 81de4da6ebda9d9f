import type { AnonymousRoute } from './anonymous-route.ts'
import type { OrgKind } from './context.ts'
import type { Event } from './event.ts'
import type { FileRoute } from './file-route.ts'
import type { Finder, Split } from './import.ts'
import type { Job } from './job.ts'
import type { Metric } from './metric.ts'
import type { Notice } from './notice.ts'
import type { Objection } from './personal.ts'
import type { Proof } from './proof.ts'
import type { Reminder } from './reminder.ts'
import type { Report } from './report.ts'
import type { Resource } from './resource.ts'
import type { Route } from './route.ts'
import type { Rules } from './rule.ts'
import type { Seed } from './seed.ts'
import type { Fitting } from './slot.ts'
import type { Subscriber } from './subscriber.ts'
import type { Words } from './words.ts'
import type { Workflow } from './workflow.ts'
import type { Writing } from './writing.ts'

/** A capability: everything in its folder, listed. A plugin is a module that arrived later. */
export interface Module {
  /** Kebab-case noun of the domain; also the name of its schema, with underscores. */
  readonly name: string
  readonly label: string
  /** One sentence for the person who switches modules on. */
  readonly purpose: string
  /** Name of an icon of the browser machine. */
  readonly icon: string
  /** Kinds of org that start with the module on; every kind when left out. */
  readonly orgKinds?: readonly OrgKind[]
  /** Modules whose index this one may import and whose tables its SQL may name. No circles. */
  readonly needs?: readonly string[]
  /** Modules that it uses like those it needs, but that an org that has it on may have off. */
  readonly uses?: readonly string[]
  /** It only holds what other modules use: always there, and nobody switches it. */
  readonly library?: boolean
  /** The folder of the module, for its migrations: `import.meta.dirname`. */
  readonly folder: string
  readonly resources?: readonly Resource[]
  readonly rules?: Rules
  readonly workflows?: readonly Workflow[]
  readonly writings?: readonly Writing[]
  readonly routes?: readonly (Route | FileRoute | AnonymousRoute)[]
  readonly events?: readonly Event[]
  readonly subscribers?: readonly Subscriber[]
  readonly jobs?: readonly Job[]
  /** The kinds of notice that this module really sends: people are offered a switch for each. */
  readonly notices?: readonly Notice[]
  /** Notices that it words for other modules. Whoever sends one lists it under its own `notices`. */
  readonly letters?: readonly Notice[]
  readonly reminders?: readonly Reminder[]
  readonly reports?: readonly Report[]
  readonly metrics?: readonly Metric[]
  /** What must always hold, and `bin/commonhall doctor` proves. */
  readonly proofs?: readonly Proof[]
  readonly splits?: readonly Split[]
  readonly finders?: readonly Finder[]
  readonly objections?: readonly Objection[]
  readonly fittings?: readonly Fitting[]
  readonly words?: Words
  readonly seed?: Seed
}

/** Declares a module. Its manifest reads like a table of contents. */
export const defineModule = (
  module: Omit<Module, 'workflows' | 'writings'> & { workflows?: readonly unknown[]; writings?: readonly unknown[] },
): Module => module as Module
