import { addWords } from '@commonhall/kernel'
import { live } from '../words/en-live.ts'

addWords('ui', live)
