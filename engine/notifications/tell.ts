import type { Notice, Recipient } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { ContextParts } from '../context.ts'
import type { Transaction } from '../database/pool.ts'

export interface Telling {
  readonly to: Recipient | readonly Recipient[]
  readonly about?: { readonly resource: string; readonly id: string }
  readonly key?: string
}

/** Writes down in the transaction of the change who is told what. */
export function tell(
  _parts: ContextParts,
  _transaction: Transaction,
  _caller: Caller,
  notice: Notice,
  _payload: object,
  _telling: Telling,
): Promise<void> {
  return Promise.reject(new Error(`${notice.name}: nobody can be told yet.`))
}
