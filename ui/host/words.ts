import { addWords } from '@commonhall/kernel'
import { host } from '../words/en-host.ts'
import { hostJobs } from '../words/en-host-jobs.ts'

addWords('ui', host)
addWords('ui', hostJobs)
