import { addWords } from '@commonhall/kernel'
import { keys } from '../words/en-keys.ts'

addWords('ui', keys)
