import type { JsonSchema } from '@commonhall/kernel'
import { id, list, maybe, object } from '../http/shapes.ts'

/** Something before and after an @, without spaces and control characters; whether it exists, mailing tells. */
const email: JsonSchema = {
  type: 'string',
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@\\u0000-\\u001f\\u007f]+@[^\\s@\\u0000-\\u001f\\u007f]+$',
  examples: ['staff@local-100.example'],
}
const password: JsonSchema = { type: 'string', minLength: 1, maxLength: 1000 }
export const token: JsonSchema = { type: 'string', minLength: 1, maxLength: 200 }

export const logInBody = object(
  {
    email,
    password,
    session: {
      type: 'string',
      enum: ['token', 'cookie'],
      default: 'token',
      description: 'How the tokens travel: in the reply, or as cookies that scripts cannot read.',
    },
  },
  ['email', 'password'],
)

/** A body that may be left out: browsers bring the refresh token as a cookie. */
export const refreshBody = maybe(object({ refresh_token: token }, []))

export const resetRequestBody = object({ email })

export const resetConfirmBody = object({ token, password: { type: 'string', maxLength: 5000 } })

export const text: JsonSchema = { type: 'string', maxLength: 300 }

const person: Readonly<Record<string, JsonSchema>> = {
  user: object({
    id,
    email: text,
    name: text,
    is_host: { type: 'boolean' },
    email_verified: { type: 'boolean' },
  }),
  orgs: list(object({ slug: text, name: text, kind: text, roles: list(text, 100) }), 10_000),
}

export const personReply = object(person)

export const sessionSchema: JsonSchema = {
  ...object(
    {
      access_token: { type: 'string', maxLength: 4000 },
      refresh_token: text,
      token_type: { type: 'string', enum: ['Bearer'] },
      expires_in: {
        type: 'integer',
        minimum: 1,
        maximum: 900,
        description: 'Seconds until the access token must be refreshed.',
      },
      ...person,
    },
    ['expires_in', 'user', 'orgs'],
  ),
  description: 'The tokens are left out when they travel as cookies.',
}

export const acceptedReply = object({ detail: text })

export const nothing = { type: 'null', description: 'Done.' } as const
