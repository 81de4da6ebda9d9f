import type { Module } from '@commonhall/kernel'
import { governance } from './governance/module.ts'
import { housing } from './housing/module.ts'
import { ledger } from './ledger/module.ts'
import { marketRecovery } from './market-recovery/module.ts'
import { members } from './members/module.ts'
import { notices } from './notices/module.ts'

/** Every built-in module, in the order in which they build on one another. */
export const catalog: readonly Module[] = [notices, members, housing, ledger, marketRecovery, governance]
