import { queryOptions, skipToken } from '@tanstack/react-query'
import { call } from './http.ts'

/** Somebody who has the form of a record open. */
export interface Editor {
  readonly id: string
  readonly name: string
  readonly since: string
}

/** Who else is editing a record now: not asked, but told by the live channel. `topic` is `members/ID`. */
export const editorsQuery = (org: string, topic: string) =>
  queryOptions<readonly Editor[]>({ queryKey: ['org', org, 'editing', topic], queryFn: skipToken, staleTime: Infinity })

/** How many messages in the inbox are unread: told by the live channel, and by every answer of the inbox. */
export const unreadQuery = (org: string) =>
  queryOptions<number>({ queryKey: ['org', org, 'unread'], queryFn: skipToken, staleTime: Infinity })

interface Editing {
  readonly topic: string
  readonly editing: boolean
  readonly tab: string
}

/** Tells that one has a record's form open, or no longer. Answers who else has. */
export const tellEditing = (org: string, body: Editing) =>
  call<{ people: readonly Editor[] }>('POST', `/orgs/${org}/live/editing`, { body, keepalive: !body.editing })
