import { addWords } from '@commonhall/kernel'
import { personal } from '../words/en-personal.ts'

addWords('ui', personal)
