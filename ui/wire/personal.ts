import { download } from './download.ts'
import { call } from './http.ts'

interface Part {
  readonly what: string
  readonly fields: readonly string[]
}

/** What erasing somebody would do, and what stands in its way. */
export interface Erasure {
  readonly erased: boolean
  /** What is typed before it goes on. */
  readonly confirm: string
  readonly objections: readonly string[]
  readonly account: 'none' | 'stays' | 'erased'
  readonly goes: readonly Part[]
  readonly stays: readonly (Part & { readonly because: string })[]
}

const at = (org: string, path: string, id: string) => `/orgs/${org}/${path}/${id}`

export const takePersonalData = (org: string, path: string, id: string, format: 'html' | 'json') =>
  download(`${at(org, path, id)}/personal-data?format=${format}`)

export const planErasure = (org: string, path: string, id: string) =>
  call<Erasure>('GET', `${at(org, path, id)}/erasure`)

export const erasePerson = (org: string, path: string, id: string, reason: string) =>
  call<{ id: string }>('POST', `${at(org, path, id)}/erase`, { body: { reason } })
