import { addWords } from '@commonhall/kernel'
import { host } from '../words/en-host.ts'

addWords('ui', host)
