import { defineWorkflow } from '@commonhall/kernel'
import { proxy } from '../resources/proxy.ts'

export const proxyWorkflow = defineWorkflow(
  proxy,
  {
    revoke: {
      label: 'Revoke',
      from: ['given'],
      to: 'revoked',
      rule: 'governance.proxy.revoke',
      tone: 'danger',
      sets: () => ({ ended_at: new Date().toISOString() }),
    },
  },
  // Whoever attends, or votes for themselves, needs nobody to vote for them.
  [{ from: ['given'], to: 'ended' }],
)
