import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FieldError, Refusal, say } from '@commonhall/kernel'
import { accessChanged } from '../database/access.ts'
import { isOutage } from '../database/outage.ts'
import { spokenRefusal } from '../records/database-refusals.ts'

/** Problem details (RFC 9457) as the contract spells them. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly request_id: string
}

export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'request_id'],
  properties: {
    type: { type: 'string', maxLength: 200 },
    title: { type: 'string', maxLength: 200 },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', maxLength: 60 },
    detail: { type: 'string', maxLength: 10_000 },
    errors: {
      type: 'array',
      maxItems: 1000,
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: {
          path: { type: 'string', maxLength: 200 },
          code: { type: 'string', maxLength: 60 },
          message: { type: 'string', maxLength: 10_000 },
        },
      },
    },
    request_id: { type: 'string', maxLength: 100 },
  },
} as const

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Out of date',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Not accepted',
  423: 'Locked',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'Fault',
  503: 'Unavailable',
  507: 'No room left',
}

/** Answers every refusal as a problem, and every fault as one that gives nothing away but its request id. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
}

export function answerError(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof Refusal ? error : refusalFor(error)
  if (refusal) return sendProblem(request, reply, refusal)
  // What the database says of a fault may hold what was sent.
  const { anonymous } = request.routeOptions.config
  request.log.error(anonymous ? { code: (error as FastifyError).code } : { err: error }, 'fault')
  return sendProblem(
    request,
    reply,
    new Refusal('fault', say('engine:http.fault', { request: request.id }), { status: 500 }),
  )
}

const refusals = new WeakMap<FastifyRequest, Refusal>()

/** With what a request was refused, once it has been answered. */
export const refusalOf = (request: FastifyRequest): Refusal | undefined => refusals.get(request)

export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, status, message: detail, errors, headers, members } = refusal
  const problem: Problem = {
    ...members,
    type: 'about:blank',
    title: titles[status] ?? 'Refused',
    status,
    code,
    detail,
    errors,
    request_id: request.id,
  }
  refusals.set(request, refusal)
  return reply.code(status).headers(headers).type('application/problem+json').send(JSON.stringify(problem))
}

/** What the server library or the database client refused by itself. Null means a fault. */
function refusalFor(error: FastifyError): Refusal | null {
  if (error.validation) {
    const errors = error.validation.map(({ instancePath, keyword, message = '', params }) => ({
      path:
        instancePath.slice(1).replaceAll('/', '.') ||
        String(params['missingProperty'] ?? params['additionalProperty'] ?? ''),
      code: keyword,
      message,
    }))
    return new Refusal('invalid', say('engine:http.bad_request', { reason: error.message }), { errors })
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new Refusal('too_large', say('engine:http.too_large', { most: '1 MB' }))
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Refusal('bad_type', say('engine:http.bad_type'), { status: 415 })
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Refusal('malformed', say('engine:http.malformed'))
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new Refusal('bad_address', say('engine:http.bad_address'), { status: 414 })
    case 'FST_ERR_BAD_URL':
      return new Refusal('bad_address', say('engine:http.bad_address'), { status: 400 })
  }
  if (isOutage(error) || error.code === accessChanged) {
    return new Refusal('unavailable', say('engine:http.busy'), { headers: { 'retry-after': '5' } })
  }
  const spoken = spokenRefusal(error)
  if (spoken) return spoken
  if (error instanceof SyntaxError) return new Refusal('malformed', say('engine:http.malformed'))
  const status = error.statusCode ?? 500
  return status >= 400 && status < 500
    ? new Refusal('bad_request', say('engine:http.bad_request', { reason: error.message }), { status })
    : null
}
