import { addWords } from '@commonhall/kernel'
import { files } from '../words/en-files.ts'

addWords('ui', files)
