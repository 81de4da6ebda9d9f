import type { Refusal } from '@commonhall/kernel'
import { storageAway, storageFull } from '../refusals.ts'

interface Failed {
  readonly name?: string
  readonly message?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** By other names than a status of their own: services differ. */
const fullNames = ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage']

const statusOf = (error: unknown) => (error as Failed).$metadata?.httpStatusCode

export const isNothingThere = (error: unknown): boolean =>
  statusOf(error) === 404 && (error as Failed).name !== 'NoSuchBucket'

export const isBeyondEnd = (error: unknown): boolean => statusOf(error) === 416

/** Whether it may go well next time: no answer at all, or one that says "not now". */
export const isPassing = (error: unknown): boolean => {
  const status = statusOf(error)
  return status === undefined ? isNetwork(error) : status >= 500 || status === 429 || status === 408
}

/** What the line says, or the client about it: not a mistake of ours. */
const isNetwork = (error: unknown): boolean => {
  const { code, name } = error as NodeJS.ErrnoException
  return (
    name === 'TimeoutError' || name === 'AbortError' || /^E[A-Z]+$|^UND_|^CERT_|^ERR_(TLS|SSL|STREAM)/.test(code ?? '')
  )
}

/** What a failure of the service is for us: no room, no answer, or a fault, told without what was sent. */
export function failureOf(act: string, error: unknown): Refusal | Error {
  const { name = '', message = '' } = error as Failed
  if (fullNames.includes(name) || statusOf(error) === 507) return storageFull()
  if (isPassing(error)) return storageAway()
  return new Error(`The S3 service refused ${act}: ${statusOf(error) ?? ''} ${name}: ${message.slice(0, 200)}`)
}
