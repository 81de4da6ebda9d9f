import { addWords } from '@commonhall/kernel'
import { acts } from '../words/en-acts.ts'

addWords('ui', acts)
