/** The server machine's public face, for server.ts and cli.ts. */
export { type House, openOn, raiseHouse, registryOf } from './boot.ts'
export { makeLog } from './log.ts'
export { readSettings, type Settings } from './settings.ts'
export { draftTable } from './database/draft.ts'
export { launchPostgres } from './database/embedded.ts'
