import type { JsonSchema } from '@commonhall/kernel'

export const closed = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})

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

export const logInBody = closed(
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
export const refreshBody: JsonSchema = {
  anyOf: [closed({ refresh_token: token }, []), { type: 'null' }],
}

export const resetRequestBody = closed({ email }, ['email'])

export const resetConfirmBody = closed({ token, password: { type: 'string', maxLength: 5000 } }, ['token', 'password'])

export const text: JsonSchema = { type: 'string', maxLength: 300 }

const person: Readonly<Record<string, JsonSchema>> = {
  user: closed(
    {
      id: { type: 'string', format: 'uuid' },
      email: text,
      name: text,
      is_host: { type: 'boolean' },
      email_verified: { type: 'boolean' },
    },
    ['id', 'email', 'name', 'is_host', 'email_verified'],
  ),
  orgs: {
    type: 'array',
    maxItems: 10_000,
    items: closed({ slug: text, name: text, kind: text, roles: { type: 'array', maxItems: 100, items: text } }, [
      'slug',
      'name',
      'kind',
      'roles',
    ]),
  },
}

export const personReply = closed(person, ['user', 'orgs'])

export const sessionSchema: JsonSchema = {
  ...closed(
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

export const acceptedReply = closed({ detail: text }, ['detail'])

export const nothing = { type: 'null', description: 'Done.' } as const
