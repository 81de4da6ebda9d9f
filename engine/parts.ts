import type { Engine } from './engine.ts'
import type { Authenticate } from './http/caller.ts'
import type { Part } from './http/server.ts'

/** What stands beside the records: sign-in, mail, imports. Wires each to the engine. */
export function openParts(_engine: Engine): { readonly authenticate: Authenticate; readonly routes: readonly Part[] } {
  return { authenticate: () => Promise.reject(new Error('sign-in is not wired yet')), routes: [] }
}
