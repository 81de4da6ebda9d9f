import { say } from '@commonhall/kernel'
import type { PasswordFault } from './policy.ts'

/** The sentence for a refused password. */
export function sayFault({ code, params }: PasswordFault): string {
  const { missing } = params
  if (typeof missing !== 'string') return say(`engine:sign_in.password.${code}`, params)
  const lacks = missing.split(' ').map((name) => say(`engine:sign_in.password.missing.${name}`))
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(lacks)
  return say(`engine:sign_in.password.${code}`, { ...params, missing: list })
}
