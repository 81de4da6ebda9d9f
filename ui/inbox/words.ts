import { addWords } from '@commonhall/kernel'
import { inbox } from '../words/en-inbox.ts'

addWords('ui', inbox)
