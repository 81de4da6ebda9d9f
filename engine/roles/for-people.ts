import type { Rule } from '@commonhall/kernel'

/**
 * Whether a permission is for people alone: whatever decides who may do what and asks people to prove themselves for
 * it, since a program that could would make a stolen key into an admin; and what becomes of a person's own data.
 */
export const isForPeople = (permission: string, rule: Rule): boolean =>
  (permission.startsWith('foundation.') && rule.fresh) || /[.](erase|personal-data)$/.test(permission)
