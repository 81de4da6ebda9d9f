import { addWords } from '@commonhall/kernel'
import { imports } from '../words/en-imports.ts'

addWords('ui', imports)
