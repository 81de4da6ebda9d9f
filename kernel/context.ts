import type { Kysely } from 'kysely'
import type { Event, EventPayload } from './event.ts'
import type { EnqueueOptions, Job, JobPayload, JobsOfOrg } from './job.ts'
import type { Notice, NoticePayload, Recipient } from './notice.ts'
import type { Resource, RowOf, Tables } from './resource.ts'
import type { Workflow } from './workflow.ts'

/** Who acts: a signed-in user, or the house itself in a job. */
export interface Actor {
  readonly kind: 'user' | 'system'
  readonly userId: string | null
  readonly name: string
  readonly email: string | null
  /** The actor's own record on the org's roll, if there is one. */
  readonly memberId: string | null
  /** Whom the actor stands for: the id of one record by its resource, such as a contractor. */
  readonly parties: Readonly<Record<string, string>>
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  /** When the person last showed a factor, in milliseconds since 1970. */
  readonly provedAt: number
}

export interface Org {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: OrgKind
}

export const orgKinds = ['union-local', 'housing-cooperative'] as const

export type OrgKind = (typeof orgKinds)[number]

/** Keeps a text in the database for the server alone, encrypted for one purpose, such as one record. */
export interface Secrets {
  close(purpose: string, text: string): string
  /** Null when it was not closed by this house, in this org, for this purpose. */
  open(purpose: string, sealed: string): string | null
}

/** Where an act runs: inside one transaction of one org, as one actor. Row-level security is already on. */
export interface Context {
  readonly actor: Actor
  readonly org: Org
  readonly requestId: string
  /** The day that it is in the org's time zone, `YYYY-MM-DD`. */
  readonly today: string
  /** Queries over the tables of the module and those it needs. */
  readonly db: Kysely<Tables>
  /** Encrypts what nobody who reads the database may read. */
  readonly secrets: Secrets
  /** Announces what happened; delivered after this transaction commits, and only then. */
  emit<E extends Event>(event: E, payload: EventPayload<E>): Promise<void>
  /** Queues work in this transaction: it runs if and only if the transaction commits. Answers the job's id. */
  enqueue<J extends Job>(job: J, payload: JobPayload<J>, options?: EnqueueOptions): Promise<string>
  /** What has become of queued work. */
  readonly jobs: JobsOfOrg
  /**
   * Tells people something, each by the ways that they have chosen, if and only if this transaction commits. `about` is
   * the record that it leads to; with a `key`, the same people are told only once.
   */
  notify<N extends Notice>(
    notice: N,
    payload: NoticePayload<N>,
    telling: {
      to: Recipient | readonly Recipient[]
      about?: { readonly resource: string; readonly id: string }
      key?: string
    },
  ): Promise<void>
  /** Moves a record along its workflow as this actor, with rule, guard, audit and event. */
  transition<R extends Resource>(
    workflow: Workflow<R>,
    id: string,
    act: string,
    input?: Record<string, unknown>,
  ): Promise<RowOf<R>>
}
