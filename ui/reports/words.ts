import { addWords } from '@commonhall/kernel'
import { reports } from '../words/en-reports.ts'

addWords('ui', reports)
