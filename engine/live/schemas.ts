import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, maybe, object } from '../http/shapes.ts'
import { longestWait, mostTopics } from './asked.ts'

const text: JsonSchema = { type: 'string', maxLength: 2000 }

export const liveQuery: JsonSchema = {
  type: 'object',
  required: ['topics'],
  properties: {
    topics: {
      type: 'string',
      maxLength: 5000,
      description:
        `Up to ${mostTopics}, separated by commas: plurals such as \`members\`, single records such as ` +
        '`members/{id}`, and `inbox` for one’s own count of unread notifications',
    },
    after: { ...text, description: 'Where to go on: the last `id` of a stream, or `next` of a poll' },
    wait: {
      type: 'integer',
      minimum: 0,
      maximum: longestWait,
      description: 'Answer in JSON, at the latest after so many seconds, for networks that let no stream through',
    },
    tab: { ...id, description: 'The window that listens; what it says it edits ends with the stream' },
  },
}

const people = list(object({ id, name: text, since: instant }))

/** Who is editing, as a request about it is answered. */
export const editingReply = object({ people })

export const editingBody = object({ topic: { type: 'string', maxLength: 200 }, editing: { type: 'boolean' }, tab: id })

const happened = (event: string, data: JsonSchema) =>
  object({ id: maybe(text), event: { type: 'string', const: event }, data })

const polled = object({
  events: list(
    {
      oneOf: [
        happened('change', object({ topic: text, id: maybe(id), act: text, version: maybe({ type: 'integer' }) })),
        happened('inbox', object({ unread: { type: 'integer', minimum: 0 } })),
        happened('editing', object({ topic: text, people })),
        happened('reset', object({})),
      ],
    },
    5000,
  ),
  next: { type: 'string', maxLength: 5000, description: 'Send it as `after` the next time' },
})

export const liveReply = {
  description:
    'Server-sent events. `change`: a record has changed, read it anew; with `id` null many have, read the list anew. ' +
    '`inbox`: so many notifications are unread. `editing`: these others have the record open in a form. `reset`: too ' +
    'much was missed, read everything anew. With `wait` the same in JSON.',
  content: {
    'text/event-stream': { schema: { type: 'string' } },
    'application/json': { schema: polled },
  },
} as const
