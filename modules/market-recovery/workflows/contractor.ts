import { defineWorkflow, field } from '@commonhall/kernel'
import { contractor } from '../resources/contractor.ts'

const rule = 'market-recovery.contractor.change-standing'

export const contractorWorkflow = defineWorkflow(contractor, {
  suspend: {
    label: 'Suspend',
    from: ['good'],
    to: 'suspended',
    rule,
    tone: 'danger',
    asks: { reason: field.longText({ required: true, min: 3, max: 1000 }) },
    sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
  },
  reinstate: {
    label: 'Reinstate',
    from: ['suspended'],
    to: 'good',
    rule,
    tone: 'primary',
    sets: () => ({ reason: null }),
  },
})
