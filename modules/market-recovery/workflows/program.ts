import { defineWorkflow } from '@commonhall/kernel'
import { program } from '../resources/program.ts'

const rule = 'market-recovery.program.change-state'

export const programWorkflow = defineWorkflow(program, {
  activate: { label: 'Activate', from: ['planned'], to: 'active', rule, tone: 'primary' },
  complete: { label: 'Complete', from: ['active'], to: 'completed', rule },
  cancel: { label: 'Cancel', from: ['planned', 'active'], to: 'cancelled', rule, tone: 'danger' },
})
