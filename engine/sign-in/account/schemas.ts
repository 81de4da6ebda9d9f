import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, maybe, object } from '../../http/shapes.ts'
import { sessionSchema, text, token } from '../schemas.ts'

export const sessionParams = object({ id: { type: 'string', maxLength: 100, description: "The session's id" } })

const session = object({
  id,
  device: { ...text, description: 'What it was opened with, such as "Firefox on Windows"' },
  address: { ...maybe(text), description: 'The network address that it was last renewed from' },
  started_at: instant,
  last_seen_at: instant,
  second_factor: maybe({ type: 'string', enum: ['passkey', 'totp', 'recovery-code'] }),
  current: { type: 'boolean' },
})

export const sessionsReply = object({ data: list(session, 200) })

export const endedReply = object({ ended: { type: 'integer', minimum: 0 } })

export const confirmBody = object({ token })

export const confirmedReply = object({ email: text })

export const invitationParams = object({
  token: { type: 'string', maxLength: 200, description: 'What the mailed link ends with' },
})

const org = object({ slug: text, name: text, accent: text })

export const invitationReply = object({
  org,
  email: text,
  name: text,
  invited_by: text,
  has_account: { type: 'boolean' },
  expires_at: instant,
})

export const acceptBody = object(
  {
    name: { type: 'string', maxLength: 1000, description: 'How they are called; as in the invitation when left out' },
    password: { type: 'string', maxLength: 5000, description: 'For somebody who has no account yet' },
    session: { type: 'string', enum: ['token', 'cookie'], default: 'token' },
  },
  [],
)

export const acceptReply: JsonSchema = {
  anyOf: [sessionSchema, object({ org })],
  description: 'For somebody new a session, as at sign-in; for somebody who has an account the organization.',
}
