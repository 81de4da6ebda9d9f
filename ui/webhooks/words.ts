import { addWords } from '@commonhall/kernel'
import { webhooks } from '../words/en-webhooks.ts'

addWords('ui', webhooks)
