/** Files into records: reading, recognizing, running, undoing. */
import { addWords } from '@commonhall/kernel'
import { words } from './words/en.ts'

addWords('imports', words)

export { type FileImport, type FileImported, importFile, readMap } from './import-file.ts'
export { workImport } from './jobs.ts'
export { resumeImports } from './resume.ts'
export { importRoutes } from './routes.ts'
export type { ImportRow as ImportPreview } from './store.ts'
