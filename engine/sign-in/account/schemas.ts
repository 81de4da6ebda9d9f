import type { JsonSchema } from '@commonhall/kernel'
import { closed, sessionSchema, text, token } from '../schemas.ts'

const id: JsonSchema = { type: 'string', format: 'uuid' }
const instant: JsonSchema = { type: 'string', format: 'date-time' }

export const sessionParams = closed({ id: { type: 'string', maxLength: 100, description: "The session's id" } }, ['id'])

export const sessionsReply = closed(
  {
    data: {
      type: 'array',
      maxItems: 200,
      items: closed(
        {
          id,
          device: { ...text, description: 'What it was opened with, such as "Firefox on Windows"' },
          address: {
            anyOf: [text, { type: 'null' }],
            description: 'The network address that it was last renewed from',
          },
          started_at: instant,
          last_seen_at: instant,
          second_factor: { anyOf: [{ type: 'string', enum: ['passkey', 'totp', 'recovery-code'] }, { type: 'null' }] },
          current: { type: 'boolean' },
        },
        ['id', 'device', 'address', 'started_at', 'last_seen_at', 'second_factor', 'current'],
      ),
    },
  },
  ['data'],
)

export const endedReply = closed({ ended: { type: 'integer', minimum: 0 } }, ['ended'])

/** An act that needs nothing but itself; programs may leave the body out. */
export const emptyBody: JsonSchema = { anyOf: [closed({}, []), { type: 'null' }] }

export const confirmBody = closed({ token }, ['token'])

export const confirmedReply = closed({ email: text }, ['email'])

export const invitationParams = closed(
  { token: { type: 'string', maxLength: 200, description: 'What the mailed link ends with' } },
  ['token'],
)

const org = closed({ slug: text, name: text, accent: text }, ['slug', 'name', 'accent'])

export const invitationReply = closed(
  { org, email: text, name: text, invited_by: text, has_account: { type: 'boolean' }, expires_at: instant },
  ['org', 'email', 'name', 'invited_by', 'has_account', 'expires_at'],
)

export const acceptBody = closed(
  {
    name: { type: 'string', maxLength: 1000, description: 'How they are called; as in the invitation when left out' },
    password: { type: 'string', maxLength: 5000, description: 'For somebody who has no account yet' },
    session: { type: 'string', enum: ['token', 'cookie'], default: 'token' },
  },
  [],
)

export const acceptReply: JsonSchema = {
  anyOf: [sessionSchema, closed({ org }, ['org'])],
  description: 'For somebody new a session, as at sign-in; for somebody who has an account the organization.',
}
