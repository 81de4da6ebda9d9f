import { addWords } from '@commonhall/kernel'
import { words } from './words/en.ts'

export { Live } from './live.ts'
export { liveRoutes } from './routes.ts'

addWords('live', words)
