import { addWords } from '@commonhall/kernel'
import { mails } from '../words/en-mails.ts'

addWords('ui', mails)
