/** API keys: how programs come in, what they may do, and how much. */
import { addWords } from '@commonhall/kernel'
import { words } from './words/en.ts'

addWords('keys', words)

export { Budgets } from './budget.ts'
export { KeyRing } from './key-ring.ts'
export { keyRoutes } from './routes.ts'
