/** Who may do what: roles that an org edits, who holds them, and why. */
import { addWords } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import { registerExplanations } from './explain-routes.ts'
import { registerGrants } from './grant-routes.ts'
import { registerPeople } from './people-routes.ts'
import { registerRoles } from './role-routes.ts'
import { words } from './words/en.ts'

addWords('roles', words)

/** The routes of roles and people. */
export function roleRoutes(http: Http): void {
  registerRoles(http)
  registerGrants(http)
  registerPeople(http)
  registerExplanations(http)
}
