import { addWords } from '@commonhall/kernel'
import { fieldWords } from '../words/en-fields.ts'

addWords('ui', fieldWords)
