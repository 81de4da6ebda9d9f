import { addWords } from '@commonhall/kernel'
import { signIn } from '../words/en-sign-in.ts'

addWords('ui', signIn)
