import { defineWorkflow } from '@commonhall/kernel'
import { proxy } from '../resources/proxy.ts'

export const proxyWorkflow = defineWorkflow(
  proxy,
  { revoke: { label: 'Revoke', from: ['given'], to: 'revoked', rule: 'governance.proxy.revoke', tone: 'danger' } },
  [{ from: ['given'], to: 'ended' }],
)
