import { addWords } from '@commonhall/kernel'
import { roles } from '../words/en-roles.ts'

addWords('ui', roles)
