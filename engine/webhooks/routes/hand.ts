import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import type { MayReach } from '../http/addresses.ts'
import type { Resolve } from '../http/destination.ts'
import type { Secrets } from '../secrets.ts'

/** What somebody has at hand who changes a webhook. */
export interface Hand {
  readonly engine: Engine
  readonly secrets: Secrets
  readonly mayReach: MayReach
  readonly resolve: Resolve
  readonly caller: Caller
  readonly transaction: Transaction
  readonly request: FastifyRequest
}
