/** What the house itself tells the people of an organization. */
import { importFinished } from './import-finished.ts'
import { roleGiven, roleTaken } from './role-changed.ts'
import { welcome } from './welcome.ts'

export { importFinished, roleGiven, roleTaken, welcome }

export const notices = [welcome, roleGiven, roleTaken, importFinished]
