import { addWords } from '@commonhall/kernel'
import { audit, auditChoices } from '../words/en-audit.ts'

addWords('ui', audit)
for (const [namespace, words] of Object.entries(auditChoices)) addWords(namespace, words)
