import { addWords } from '@commonhall/kernel'
import { security } from '../words/en-security.ts'
import '../sign-in/words.ts'

addWords('ui', security)
