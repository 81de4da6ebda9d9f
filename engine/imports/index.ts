/** Files into records: reading, recognizing, running, undoing. */
import { addWords } from '@commonhall/kernel'
import { words } from './words/en.ts'

addWords('imports', words)
