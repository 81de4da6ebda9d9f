import type { FieldError } from './record.ts'

/** HTTP statuses by refusal code, for the codes whose status is not 422. */
const statuses: Readonly<Record<string, number>> = {
  malformed: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  second_factor: 401,
  forbidden: 403,
  proof_needed: 403,
  second_factor_missing: 403,
  csrf: 403,
  not_found: 404,
  conflict: 409,
  in_use: 409,
  stale: 412,
  too_large: 413,
  locked: 423,
  precondition_required: 428,
  too_many: 429,
  unavailable: 503,
}

/** A deliberate "no" with a reason for the person. Anything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>
  readonly members: Readonly<Record<string, unknown>>
  readonly about: Readonly<Record<string, unknown>>

  constructor(code: string, detail: string, more: RefusalDetails = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.status = more.status ?? statuses[code] ?? 422
    this.errors = more.errors ?? []
    this.headers = more.headers ?? {}
    this.members = more.members ?? {}
    this.about = more.about ?? {}
  }
}

export interface RefusalDetails {
  readonly status?: number
  readonly errors?: readonly FieldError[]
  readonly headers?: Readonly<Record<string, string>>
  /** What the problem carries besides its standard members (RFC 9457, extension members). */
  readonly members?: Readonly<Record<string, unknown>>
  /** What the audit trail keeps of it, and the answer does not tell: the permission that was missing. */
  readonly about?: Readonly<Record<string, unknown>>
}

/** The one way to say no: ends the request, rolls its transaction back, and answers with problem details (RFC 9457). */
export function refuse(code: string, detail: string, more?: RefusalDetails): never {
  throw new Refusal(code, detail, more)
}

/** The same about one field of what was sent; the sentence stands beside it too. */
export function refuseField(path: string, code: string, message: string, refusal = 'invalid'): never {
  return refuse(refusal, message, { errors: [{ path, code, message }] })
}
